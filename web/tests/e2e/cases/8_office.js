// A day at the desk besides: a workbook, a task that is stopped by hand, the first account by its token.
import { workbook } from '../workbook.js';

const onRecord = async (page, address) => (await (await page.request.get(`${address}/api/records?type=engagement&limit=1`)).json()).total;
const drop = (page, name, mimeType, buffer) => page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer });

/** A long table: it takes the program some seconds. */
function longTable(rows) {
  const out = ['id,date,party_a,party_b,kind,title'];
  for (let n = 0; n < rows; ++n) out.push(`long-${n},${2000 + (n % 25)}-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')},USA,${['CHN', 'IDN', 'COL', 'KOR', 'JPN'][n % 5]},visit,Visit number ${n} of the long table`);
  return Buffer.from(out.join('\n') + '\n');
}

export const cases = {
  async 'a workbook is read sheet by sheet, its title and blank lines left out'({ address, fresh, same, holds, picture }) {
    const { page, context, wrong } = await fresh();
    const before = await onRecord(page, address);
    const head = ['Date', 'Country', 'Activity', 'Place'];
    const file = workbook({
      'Visits 2024': [['Visits of the directorate, 2024'], [], head, ['2024-03-04', 'Indonesia', 'Staff talks of the workbook', 'Jakarta'], ['2024-05-06', 'Colombia', 'Visit of the workbook', 'Bogotá'], ['', '', '', ''], ['2024-09-10', 'Ruritania', 'Visit to nowhere', 'Strelsau']],
      'Visits 2025': [head, ['2025-02-03', 'Fiji', 'Port call of the workbook', 'Suva']],
    });
    await page.goto(`${address}/import`, { waitUntil: 'networkidle' });
    await drop(page, 'directorate.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', file);
    await page.getByText('4 rows seen = 3 accepted + 1 set aside').waitFor();
    await picture(page, 'workbook');
    await page.getByLabel('Sheet').fill('Visits 2025');
    await page.getByLabel('Sheet').press('Enter');
    await page.getByText('1 row seen = 1 accepted + 0 set aside').waitFor();
    await page.getByLabel('Sheet').fill('1');
    await page.getByLabel('Sheet').press('Enter');
    await page.getByText('3 rows seen = 2 accepted + 1 set aside').waitFor();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('The rows are on record.').waitFor();
    same(await onRecord(page, address), before + 2, 'engagements on record');
    const found = await (await page.request.get(`${address}/api/records?type=engagement&text=workbook&fields=held,places,participations`)).json();
    same(found.items.map((one) => [one.day.from, one.cells.places]).sort(), [['2024-03-04', 'Jakarta'], ['2024-05-06', 'Bogotá']], 'what the two rows say');
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
    return 'both sheets: 4 rows seen = 3 + 1; the second: 1; the first: 3 = 2 + 1';
  },

  async 'a long import is stopped by hand, here and from another page, and nothing is kept'({ address, fresh, same, holds, picture }) {
    const { page, context, wrong } = await fresh();
    const before = await onRecord(page, address);
    await page.goto(`${address}/import`, { waitUntil: 'networkidle' });
    await drop(page, 'long.csv', 'text/csv', longTable(80_000));
    const stop = page.locator('.task').getByRole('button', { name: 'Stop' });
    await stop.waitFor({ timeout: 60_000 });
    const shares = [];
    await page.waitForFunction(() => Number(document.querySelector('.task [role=progressbar]')?.getAttribute('aria-valuenow')) > 0, null, { timeout: 60_000 });
    shares.push(await page.locator('.task [role=progressbar]').getAttribute('aria-valuenow'));
    await picture(page, 'task-running');
    await stop.click();
    await page.getByText(/Stopped/).first().waitFor({ timeout: 30_000 });
    holds((await page.getByRole('button', { name: 'Accept' }).count()) === 0, 'a preview that was stopped can be accepted');
    await picture(page, 'task-stopped');

    // Read again to the end, accepted, and stopped by somebody on another page.
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('80,000 rows seen = 80,000 accepted + 0 set aside').waitFor({ timeout: 120_000 });
    // The other page is open before: what takes long is over soon on a quick machine.
    const other = await context.newPage();
    await other.goto(`${address}/people`);
    await page.getByRole('button', { name: 'Accept' }).click();
    const line = other.locator('.line[role=status]');
    await line.getByText('Taking in long.csv').waitFor({ timeout: 30_000 });
    await line.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/Stopped/).first().waitFor({ timeout: 60_000 });
    same(await onRecord(page, address), before, 'engagements on record after both were stopped');
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
    return `stopped at ${shares[0]} %, and from another page; ${before} engagements before and after`;
  },

  async 'a file is attached to a record, cited at a line, and given back byte for byte'({ address, fresh, run, same, holds, picture }) {
    const id = /\b[a-z2-7]{26}\b/.exec(run('record', 'engagement', '--category', 'DLG', '--held', '2026-10-05', '--with', 'USA', '--with', 'FJI', '--title', 'Talks with a paper', '--source', 'dvids-551967', '--json'))?.[0];
    const { page, context, wrong } = await fresh({ acceptDownloads: true });
    await page.goto(`${address}/records/${id}`);
    const box = page.locator('section[aria-labelledby=files]');
    await box.getByText('No file is cited.').waitFor();
    const bytes = Buffer.from('Joint statement\nBoth sides agreed to meet again in the spring.\n');
    await box.locator('input[type=file]').setInputFiles({ name: 'statement.txt', mimeType: 'text/plain', buffer: bytes });
    holds((await box.locator('#file-source').inputValue()) !== '', 'the source of the record is not proposed');
    await box.locator('#file-place').fill('l. 99');
    await box.getByRole('button', { name: 'Put it on the record' }).click();
    await box.getByRole('alert').waitFor();
    await box.locator('#file-place').fill('l. 2');
    await box.getByRole('button', { name: 'Put it on the record' }).click();
    await box.getByRole('link', { name: 'statement.txt' }).waitFor();
    await page.getByText('Both sides agreed to meet again in the spring.').waitFor();
    await picture(page, 'record-file');
    const [download] = await Promise.all([page.waitForEvent('download'), box.getByRole('link', { name: 'Save the file' }).click()]);
    const { readFileSync } = await import('node:fs');
    same(readFileSync(await download.path(), 'utf8'), bytes.toString('utf8'), 'the bytes that come back');
    same((await (await page.request.get(`${address}/api/records?type=document`)).json()).total, 1, 'documents on record');
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
  },

  async 'the first administrator is made with the token that the program printed'({ fresh, serve, stop, same, holds, picture }) {
    const { server, address, said } = await serve('set-up', {}, ['--set-up']);
    try {
      const token = /within the hour:\s+(\S+)/.exec(said())?.[1];
      holds(token, `no token was printed: ${said()}`);
      const { page, context, wrong } = await fresh({ home: address });
      await page.goto(`${address}/set-up`);
      const fill = async (typed) => {
        await page.locator('#token').fill(typed);
        await page.locator('#name').fill('ada');
        await page.locator('#display').fill('Ada Example');
        await page.locator('#password').fill('a word that is long enough');
        await page.locator('#password-again').fill('a word that is long enough');
        await page.getByRole('button', { name: 'Make' }).click();
      };
      await fill(`${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`);
      await page.locator('#token-hint.err').waitFor();
      const refused = await page.locator('#token-hint').innerText();
      await picture(page, 'set-up-refused');
      await fill(token);
      await page.waitForURL(/\/accounts/);
      await page.getByRole('row').filter({ hasText: 'ada' }).waitFor();
      const now = await (await page.request.get(`${address}/api/session`)).json();
      same([now.account?.name, now.account?.role, now.demonstration], ['ada', 'administrator', false], 'who is signed in');
      // It is good for once: the demonstration is over, and the token is spent.
      const again = await page.request.post(`${address}/api/set-up`, { headers: { 'X-CSRF': 'none', Origin: address }, data: { token, name: 'eve', password: 'a word that is long enough' } });
      holds(again.status() === 409 || again.status() === 403, `the token serves twice: ${again.status()}`);
      const stranger = await fresh({ home: address });
      await stranger.page.goto(`${address}/engagements`);
      await stranger.page.getByLabel('Password').waitFor();
      await stranger.context.close();
      holds(wrong.length === 0, wrong.join('; '));
      await context.close();
      return `a wrong token: "${refused}"; the right one once, then ${again.status()}`;
    } finally {
      await stop(server);
    }
  },
};
