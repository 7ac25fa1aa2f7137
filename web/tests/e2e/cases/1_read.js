// Finding things out: what is suspended now and why, what came back first, a period that is shared, a proof.

export const cases = {
  async 'from home one sees which ties are stopped, since when and why, in no click'({ address, fresh, holds, picture }) {
    const { page, context, wrong } = await fresh();
    await page.goto(address);
    await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
    const lede = await page.locator('.lede').innerText();
    holds(/\d+ partners have a stop with no end on record/.test(lede), `the sentence says ${lede}`);
    const row = page.locator('#partners tbody tr', { hasText: 'CHN' }).first();
    holds((await row.innerText()).includes('stop, end not known'), 'China is not told as stopped');
    holds(/since 17 Jul 2024/.test(await row.innerText()), 'it is not told since when');
    const why = await row.locator('[title]').last().getAttribute('title');
    holds(/Taiwan arms sales/.test(why ?? ''), `why: ${why}`);
    holds(wrong.length === 0, wrong.join('; '));
    await picture(page, 'home');
    await context.close();
    return 'state and day without a click, the stated cause under the pointer';
  },

  async 'what came back first the last time is one click away'({ address, fresh, holds, picture }) {
    const { page, context, wrong } = await fresh();
    await page.goto(address);
    await page.locator('#partners').getByRole('link', { name: 'China', exact: true }).click();
    await page.getByRole('heading', { name: 'What came back first' }).waitFor();
    const lede = await page.locator('.lede').innerText();
    holds(/After stop 8, .+ came back first, after 503 days/.test(lede), lede);
    const first = await page.locator('#first li').first().innerText();
    holds(/Chiefs of defence, video/.test(first) && /503/.test(first), first);
    holds(wrong.length === 0, wrong.join('; '));
    await picture(page, 'tie');
    await context.close();
    return '1 click';
  },

  async 'a brushed period is a link that shows the same in another browser'({ address, fresh, same, holds }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/r/USA/CHN`);
    const chart = page.getByRole('application');
    await chart.waitFor();
    const box = await chart.boundingBox();
    const y = box.y + 14;
    await page.mouse.move(box.x + box.width * 0.6, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, y, { steps: 4 });
    await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 });
    await page.mouse.up();
    const span = new URL(page.url()).searchParams.get('span');
    holds(/^\d{4}-\d{2}-\d{2},\d{4}-\d{2}-\d{2}$/.test(span ?? ''), `the address has ${span}`);
    const marks = await chart.locator('text.tick').allInnerTexts();
    await page.getByRole('button', { name: 'Link to this period' }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await context.close();
    const other = await fresh();
    await other.page.goto(link);
    await other.page.getByRole('application').waitFor();
    same(await other.page.getByRole('application').locator('text.tick').allInnerTexts(), marks, 'the ticks of the chart');
    await other.context.close();
    return span;
  },

  async 'arrows walk the marks and speak them, Enter opens the record'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/r/USA/CHN`);
    const chart = page.getByRole('application');
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    const said = await page.locator('.chart [aria-live]').innerText();
    holds(said.length > 10, `it says "${said}"`);
    await page.keyboard.press('t');
    holds((await page.locator('figure table tbody tr').count()) > 100, 'T shows no table');
    await page.keyboard.press('t');
    await page.getByRole('application').focus();
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\//);
    await context.close();
    return said;
  },

  async 'a proof is checked in the page, and a broken one is told'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/records/c0309`);
    await page.getByText('This record is in the log').waitFor();
    holds(await page.getByText('whose signature holds').isVisible(), 'the signature is not told');
    // Somebody between browser and server changes one word.
    await page.route('**/proof*', async (route) => {
      const answer = await route.fetch();
      const proof = await answer.json();
      proof.row = proof.row.replace('2024-09-09', '2024-09-10');
      await route.fulfill({ response: answer, json: proof });
    });
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The proof does not hold').waitFor();
    await context.close();
  },

  async 'facets narrow the list, the address keeps them, the export has the same rows'({ address, fresh, same, holds }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/engagements?where=category!%3DPOL`);
    await page.locator('.facets').getByRole('button', { name: /China/ }).click();
    await page.locator('.facets').getByRole('button', { name: /^minister/ }).click();
    await page.waitForURL(/level%3Dminister/);
    await page.waitForTimeout(600);
    const shown = Number((await page.locator('.head [aria-live]').innerText()).replace(/\D/g, ''));
    await page.reload();
    await page.locator('tbody a').first().waitFor();
    same(Number((await page.locator('.head [aria-live]').innerText()).replace(/\D/g, '')), shown, 'after loading again');
    await page.getByText('Export').click();
    const href = await page.getByRole('link', { name: 'NDJSON' }).getAttribute('href');
    const rows = (await (await page.request.get(address + href)).text()).trim().split('\n');
    same(rows.length, shown, 'rows of the export');
    holds(shown > 20 && shown < 200, `${shown} records`);
    await context.close();
    return `${shown} records`;
  },

  async 'the list scrolls through thousands, with only the rows in sight in the page'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/engagements`);
    await page.locator('tbody a').first().waitFor();
    const total = Number((await page.locator('.head [aria-live]').innerText()).replace(/\D/g, ''));
    await page.locator('.scroll').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.locator(`tr[aria-rowindex="${total + 1}"] a`).waitFor({ timeout: 20000 });
    holds((await page.locator('tbody tr').count()) < 80, 'too many rows are in the page');
    await context.close();
    return `${total} rows`;
  },

  async 'a change of language changes the page and its direction'({ address, fresh, same, holds, picture }) {
    const { page, context, wrong } = await fresh();
    await page.goto(address);
    await page.getByLabel('Language').selectOption('ar');
    await page.getByRole('heading', { name: 'يحتاج إلى عناية' }).waitFor();
    same(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl'], 'language and direction');
    await page.goto(`${address}/r/USA/CHN`);
    await page.getByRole('heading', { name: 'ما الذي عاد أولاً' }).waitFor();
    holds((await page.locator('h1').innerText()).includes('الصين'), 'the name of the partner');
    await picture(page, 'tie-ar');
    await page.getByLabel('اللغة').selectOption('zh');
    await page.getByRole('heading', { name: '最先恢复的' }).waitFor();
    await page.getByLabel('语言').selectOption('fr');
    await page.getByRole('heading', { name: 'Ce qui est revenu d’abord' }).waitFor();
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
  },

  async 'the palette opens a pair at a year'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(address);
    await page.locator('#partners').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('chn 2022');
    await page.locator('#palette-list [role=option]', { hasText: 'China' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/r\/USA\/CHN\?span=2022-01-01%2C2022-12-31|\/r\/USA\/CHN\?span=2022-01-01,2022-12-31/);
    await page.getByRole('application').waitFor();
    holds(true, '');
    await context.close();
  },

  async 'two relationships stand beside each other on one axis'({ address, fresh, same, holds, picture }) {
    const { page, context, wrong } = await fresh();
    await page.goto(`${address}/r/USA/IDN?with=THA`);
    await page.getByRole('application').nth(1).waitFor();
    const ticks = (n) => page.getByRole('application').nth(n).locator('text.tick').filter({ hasText: /^\d{4}$/ }).evaluateAll((all) => all.map((one) => [one.textContent, Math.round(one.getBoundingClientRect().x)]));
    same(await ticks(0), await ticks(1), 'the axes');
    holds(await page.getByText(/Nothing can be compared|stronger|above/).first().isVisible(), 'what can be said of both is not said');
    holds(wrong.length === 0, wrong.join('; '));
    await picture(page, 'compare');
    await context.close();
  },
};
