// The exercises file as it is published, with thirty planted faults, through the browser as somebody at a desk would take it in.
import { readFileSync } from 'node:fs';
import { FAULTS, mapFile, plantedExercises } from '../exercises.js';

const onRecord = async (page, address) => (await (await page.request.get(`${address}/api/records?type=engagement&where=category%3DEXR&limit=1`)).json()).total;
const number = (text) => Number(text.replace(/\D/g, ''));

export const cases = {
  async 'the exercises file comes in with its thirty planted faults set aside, and goes again'({ address, fresh, run, work, same, holds, picture }) {
    const file = plantedExercises(run, work);
    if (!file) return 'skipped: the exercises file may not ship; ENTENTE_CORPUS names no folder that has it';
    const { page, context, wrong } = await fresh({ acceptDownloads: true });
    const before = await onRecord(page, address);
    await page.goto(`${address}/import`, { waitUntil: 'networkidle' });
    const began = Date.now();
    await page.locator('input[type=file]').first().setInputFiles(file.file);

    // The program proposes a map by itself, and says of what it is unsure.
    await page.getByRole('heading', { name: 'What would happen' }).waitFor({ timeout: 120_000 });
    const proposed = await page.locator('section[aria-labelledby=report] .lede').innerText();
    const unsure = await page.locator('.marks li').count();
    holds(unsure > 0, 'the proposal is unsure of nothing');
    await picture(page, 'exercises-proposed');

    // Mended: the map that the office has for this table, from its file.
    await page.locator('input[type=file]').last().setInputFiles(mapFile);
    await page.getByText("The mapping was changed: read again first.").waitFor();
    holds(await page.getByRole('button', { name: 'Accept' }).isDisabled(), 'a map that nobody has read can be accepted');
    await page.getByRole('button', { name: 'Read again' }).click();
    const aside = file.asideBefore + FAULTS;
    await page.getByRole('heading', { name: `${aside} rows set aside` }).waitFor({ timeout: 120_000 });
    const sum = await page.locator('section[aria-labelledby=report] .lede').innerText();
    const [seen, accepted, apart] = [...sum.matchAll(/[\d,]+/g)].map(([text]) => number(text));
    same([seen, accepted + apart, apart], [file.rows, file.rows, aside], `rows seen = accepted + set aside: ${sum}`);
    await picture(page, 'exercises-preview');

    // All of them as a file; each of the thirty is among them with a field and a reason.
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'All of them as CSV' }).click()]);
    const lines = readFileSync(await download.path(), 'utf8').trim().split('\n').slice(1);
    same(lines.length, aside, 'lines of the file of rows set aside');
    const told = lines.filter((line) => file.planted.has(line.split(',')[2]));
    same(told.length, FAULTS, 'planted rows that were set aside');
    holds(told.every((line) => /s_year|s_month|s_day|e_year|participants/.test(line)), told.find((line) => !/s_|e_|participants/.test(line)) ?? '');
    same(await onRecord(page, address), before, 'a preview has changed nothing');

    // Accepted, with progress; on record; the same bytes again add nothing.
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('The rows are on record.').waitFor({ timeout: 240_000 });
    const seconds = (Date.now() - began) / 1000;
    same(await onRecord(page, address), before + accepted, 'exercises on record');
    await picture(page, 'exercises-accepted');
    await page.getByRole('button', { name: 'Another file' }).click();
    await page.locator('input[type=file]').first().setInputFiles(file.file);
    await page.locator('#map').waitFor();
    await page.locator('input[type=file]').last().setInputFiles(mapFile);
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('read before').first().waitFor({ timeout: 120_000 });
    same(await page.getByRole('button', { name: 'Accept' }).count(), 0, 'the same file can be accepted again');
    await page.getByRole('button', { name: /Walk away/ }).first().click();

    // A file of another name with the same rows: the page says so before anything is refused.
    const text = file.text.replace('Readex 1-80', 'Readex 1/80');
    await page.locator('input[type=file]').first().setInputFiles({ name: 'exercises-2021.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.locator('#map').waitFor();
    await page.locator('#map').fill(readFileSync(mapFile, 'utf8').replace('"edition": "mme"', '"edition": "other"'));
    await page.getByRole('button', { name: 'Read again' }).click();
    const warned = page.getByRole('alert').filter({ hasText: /are on record from the edition .mme/ });
    await warned.waitFor({ timeout: 120_000 });
    await picture(page, 'exercises-elsewhere');
    await warned.getByRole('button', { name: /corrected edition/ }).click();
    await page.getByRole('heading', { name: /What it changes of what is on record/ }).first().waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: /Walk away/ }).first().click();

    // Taken back as a whole.
    const row = page.locator('section[aria-labelledby=imports] tbody tr').filter({ hasText: 'mme-v7' }).first();
    await row.getByRole('button', { name: 'Undo' }).click();
    await page.locator('#undo-why').selectOption('wrong_record');
    await page.getByText(/^Withdrawn: /).waitFor({ timeout: 120_000 });
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await row.getByText(/undone by entry/).waitFor({ timeout: 240_000 });
    same(await onRecord(page, address), before, 'exercises on record after the undoing');
    holds(wrong.length === 0, wrong.join('; '));
    await context.close();
    return `as proposed: ${proposed} (unsure of ${unsure}); by the map: ${sum} ${file.asideBefore} of the file as published, ${FAULTS} planted; from the drop to the record ${seconds.toFixed(1)} s`;
  },
};
