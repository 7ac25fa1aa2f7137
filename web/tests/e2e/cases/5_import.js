// A file with thirty planted faults: read, mended by nobody, accepted for what is good in it, undone as a whole.
import { planted } from '../planted.js';

const open = async (page, address, text, name = 'planted.csv') => {
  await page.goto(`${address}/import`, { waitUntil: 'networkidle' });
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
};
const onRecord = async (page, address) => (await (await page.request.get(`${address}/api/records?type=engagement&limit=1`)).json()).total;

export const cases = {
  async 'a file is previewed and left: nothing has changed'({ address, fresh, data, same, holds }) {
    const { page, context, wrong } = await fresh();
    const file = planted(data);
    const before = await onRecord(page, address);
    await open(page, address, file.text);
    await page.getByRole('heading', { name: `${file.faults} rows set aside` }).waitFor();
    await page.getByText(`${file.rows} rows seen = ${file.rows - file.faults} accepted + ${file.faults} set aside`).waitFor();
    const rows = await page.locator('section[aria-labelledby=aside] tbody tr').allInnerTexts();
    same(rows.length, file.faults, 'rows set aside');
    // Every fault was planted in an even row of the desk's log; each is told with its place and its field.
    same(rows.filter((row) => /row \d+\s+desk-\d*[02468]\s/.test(row) && /\b(date|party_a|party_b)\b/.test(row)).length, file.faults, `rows with place and field: ${rows[0]}`);
    await page.getByRole('button', { name: /Walk away/ }).first().click();
    await page.getByText('Drop a file here').waitFor();
    same(await onRecord(page, address), before, 'engagements on record');
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
  },

  async 'a map that is wrong is told at the map'({ address, fresh, data, holds }) {
    const { page, context } = await fresh();
    await open(page, address, planted(data).text);
    await page.locator('#map').waitFor();
    await page.getByRole('heading', { name: 'What would happen' }).waitFor();
    await page.locator('#map').fill('{"entente_map": 1, "source": {}}');
    holds(await page.getByRole('button', { name: 'Accept' }).isDisabled(), 'a map that nobody has read can be accepted');
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.locator('#map-hint.err').waitFor();
    const said = await page.locator('#map-hint').innerText();
    holds(/source/.test(said), said);
    await page.getByRole('button', { name: 'The proposed one again' }).click();
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('heading', { name: /rows set aside/ }).waitFor();
    await context.close();
    return said;
  },

  async 'it is accepted, its faults are carried away as CSV, and it is undone'({ address, fresh, data, same, holds }) {
    const { page, context, wrong } = await fresh({ acceptDownloads: true });
    const file = planted(data);
    const before = await onRecord(page, address);
    await open(page, address, file.text);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('The rows are on record.').waitFor();
    same(await onRecord(page, address), before + file.rows - file.faults, 'engagements on record');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'All of them as CSV' }).click()]);
    const { readFileSync } = await import('node:fs');
    same(readFileSync(await download.path(), 'utf8').trim().split('\n').length, file.faults + 1, 'lines of the file of rows set aside');
    const imported = page.locator('section[aria-labelledby=imports] tbody tr').first();
    await imported.getByText('planted', { exact: true }).waitFor();
    await imported.getByRole('button', { name: 'Undo' }).click();
    await page.locator('#undo-why').selectOption('wrong_record');
    await page.getByText(`Withdrawn: ${file.rows - file.faults + 1} `).waitFor();
    same(await onRecord(page, address), before + file.rows - file.faults, 'a preview of the undoing has changed nothing');
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await imported.getByText(/undone by entry/).waitFor();
    same(await onRecord(page, address), before, 'engagements on record after the undoing');
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
    return `${file.rows} rows, ${file.faults} set aside, ${file.rows - file.faults} taken in and withdrawn`;
  },

  async 'every byte is checked, and it is said in words'({ address, fresh }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/record`, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Check every byte' }).click();
    await page.getByText('Every byte is as it was recorded').waitFor({ timeout: 120_000 });
    const said = await page.getByText(/^Hashed again/).innerText();
    await context.close();
    return said;
  },
};
