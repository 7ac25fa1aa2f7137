// One event from the first key to the record, by keyboard alone; corrected; withdrawn.

let entered = '';

export const cases = {
  async 'an event is entered by keyboard alone'({ address, fresh, holds, same }) {
    const { page, context, wrong } = await fresh();
    await page.goto(address);
    await page.locator('#partners').waitFor();
    const began = Date.now();
    await page.keyboard.press('n');
    await page.locator('#one-line').waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'one-line');
    // As fast as a practised typist: some 8 letters a second.
    await page.keyboard.type('12-13 nov 2026 MMCA working group honolulu USA CHN @dvids-551967', { delay: 120 });
    await page.getByText('h0040').first().waitFor();
    await page.keyboard.press('Alt+7');
    await page.keyboard.type('USA', { delay: 120 });
    await page.keyboard.press('Tab');
    await page.keyboard.type('Honolulu', { delay: 120 });
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/records\//);
    const seconds = (Date.now() - began) / 1000;
    await page.getByText('This record is in the log').waitFor();
    entered = new URL(page.url()).pathname.split('/')[2];
    const record = await (await page.request.get(`${address}/api/records/${entered}`)).json();
    const typed = Object.fromEntries(record.fields.map((field) => [field.name, field.typed]));
    same([typed.category, typed.held, typed.level, typed.channel, typed.host, typed.places], ['DLG', '2026-11-12..2026-11-13', 'working', 'h0040', 'USA', 'Honolulu'], 'fields');
    holds(typed.participations.includes('USA') && typed.participations.includes('CHN'), typed.participations);
    holds(seconds < 60, `it took ${seconds} s`);
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
    return `${seconds.toFixed(1)} s from the first key to the record`;
  },

  async 'what is wrong is told at its field, and nothing is lost'({ address, fresh, holds, same }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/new/engagement`);
    await page.locator('#one-line').waitFor();
    await page.keyboard.type('3 nov 2026 call USA CHN');
    await page.locator('#field-unnamed_parties').evaluate((field) => field.closest('details').setAttribute('open', ''));
    await page.locator('#field-unnamed_parties').fill('twelve');
    await page.keyboard.press('Control+s');
    await page.locator('#field-unnamed_parties-error').waitFor();
    holds(/number|count|whole/i.test(await page.locator('#field-unnamed_parties-error').innerText()), await page.locator('#field-unnamed_parties-error').innerText());
    await page.waitForTimeout(700);
    await page.reload();
    await page.locator('#field-held').waitFor();
    same(await page.locator('#field-held').inputValue(), '2026-11-03', 'the draft after loading again');
    await page.getByRole('button', { name: 'Start again' }).click();
    await context.close();
  },

  async 'it is corrected with a reason; both stay'({ address, fresh, holds }) {
    const { page, context, wrong } = await fresh();
    await page.goto(`${address}/records/${entered}`);
    await page.getByRole('heading', { name: 'Proof' }).waitFor();
    await page.keyboard.press('e');
    await page.locator('#field-places').waitFor();
    await page.locator('#field-places').fill('Honolulu\nPearl Harbor');
    await page.locator('#reason').selectOption('update');
    await page.keyboard.press('Control+s');
    await page.waitForURL((url) => url.pathname === `/records/${entered}`);
    await page.locator('td', { hasText: 'Pearl Harbor' }).first().waitFor();
    await page.locator('s', { hasText: 'Honolulu' }).waitFor();
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
  },

  async 'of two who change it at once the second is told'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/records/${entered}/correct`);
    await page.locator('#field-title').waitFor();
    await page.request.fetch(`${address}/api/records/${entered}`, { method: 'PATCH', headers: { 'X-CSRF': '1', Origin: address }, data: { changes: { note: ['by somebody else'] }, reason: 'update' } });
    await page.locator('#field-title').fill('Mine');
    await page.keyboard.press('Control+s');
    await page.getByText('Somebody changed this record meanwhile').waitFor();
    holds((await page.locator('#field-title').inputValue()) === 'Mine', 'what was typed is gone');
    await context.close();
  },

  async 'it is withdrawn with a reason, and stays in the log'({ address, fresh, holds }) {
    const { page, context, wrong } = await fresh();
    await page.goto(`${address}/records/${entered}`);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.locator('#why').selectOption('wrong_record');
    await page.locator('form').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('What it said stays in the log.').first().waitFor();
    await page.locator('.tag.stop', { hasText: 'withdrawn' }).waitFor();
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
  },

  async 'undo takes back what was just saved'({ address, fresh }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/new/engagement`);
    await page.locator('#one-line').waitFor();
    await page.keyboard.type('4 nov 2026 call USA CHN');
    await page.locator('#field-citations').fill('dvids-551967');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: /Undo/ }).click();
    await page.getByText(/is withdrawn/).waitFor();
    await context.close();
  },

  async 'what others enter is offered on an open page, not pushed in'({ address, fresh, run, holds }) {
    const { page, context, wrong } = await fresh();
    await page.goto(`${address}/engagements?where=category%3DCAL`, { waitUntil: 'networkidle' });
    const before = await page.locator('.head [aria-live]').innerText();
    run('record', 'engagement', '--category', 'CAL', '--held', '2026-11-05', '--with', 'USA', '--with', 'CHN', '--title', 'Entered beside the server', '--source', 'dvids-551967');
    await page.getByRole('button', { name: /1 new entry, show/ }).waitFor({ timeout: 10000 });
    holds((await page.locator('.head [aria-live]').innerText()) === before, 'the page moved by itself');
    await page.getByRole('button', { name: /1 new entry, show/ }).click();
    await page.getByRole('link', { name: 'Entered beside the server' }).waitFor();
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
  },

  async 'a line that is typed before the names have come is understood when they do'({ address, fresh, same }) {
    const { page, context } = await fresh();
    let send;
    const typed = new Promise((done) => (send = done));
    await page.route(/\/api\/records\?type=actor/, async (route) => {
      await typed;
      await route.continue();
    });
    await page.goto(`${address}/new/engagement`);
    await page.locator('#one-line').waitFor();
    await page.keyboard.type('31 jan 2027 talks USA CHN');
    send();
    await page.locator('#field-citations').fill('dvids-551967');
    const body = new Promise((done) => page.on('request', (one) => one.method() === 'POST' && done(one.postDataJSON())));
    await page.route('**/api/records/engagement', (route) => route.abort());
    await page.waitForTimeout(1500);
    await page.getByRole('button', { name: /^Save/ }).first().click();
    same((await body).fields.participations, ['USA', 'CHN'], 'who took part');
    await context.close();
  },

  async 'a series becomes a record for each time, and is taken back as one'({ address, fresh, holds, same }) {
    const { page, context, wrong } = await fresh();
    await page.goto(`${address}/new/engagement`);
    await page.locator('#one-line').waitFor();
    await page.keyboard.type('31 jan 2027 talks of the planted kind USA CHN');
    await page.locator('#field-citations').fill('dvids-551967');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Alt+r');
    await page.getByLabel('Every').selectOption('month');
    await page.getByRole('button', { name: 'Save all 3' }).click();
    await page.getByText('3 records are on record.').waitFor();
    const days = async () => (await (await page.request.get(`${address}/api/records?type=engagement&text=planted&oldest_first=1&fields=status`)).json()).items.map((one) => [one.day?.from, one.cells.status]);
    same(await days(), [['2027-01-31', 'planned'], ['2027-02-28', 'planned'], ['2027-03-31', 'planned']], 'the series');
    await page.getByRole('button', { name: /Undo/ }).click();
    for (let n = 0; n < 50 && (await days()).length; n++) await page.waitForTimeout(200);
    same(await days(), [], 'after undo');
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
  },

  async 'what can wait is put off with a reason, from the list of what needs attention'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(address);
    const item = page.locator('.att li', { hasText: 'Mali' }).first();
    await item.getByRole('link', { name: 'Put off' }).click();
    await page.locator('#field-until').fill('31 dec 2027');
    await page.locator('#field-reason').fill('Asked the embassy');
    await page.locator('#field-citations').fill('dvids-551967');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/records\//);
    await page.goto(address);
    await page.getByText(/^Put off \(1\)/).waitFor();
    holds((await page.locator('.att li', { hasText: 'Mali' }).count()) === 0, 'it still stands in the list');
    await context.close();
  },
};
