// The table of multinational exercises as its authors publish it, 3,707 rows, with thirty faults planted in rows that are good.
// It may not ship, so it is read from the folder that ENTENTE_CORPUS names; null where that is not there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const FAULTS = 30;
export const mapFile = join(dirname(fileURLToPath(import.meta.url)), '../../../data/maps/mme-v7.json');

function cells(line) {
  const out = [];
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) out.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  return out;
}
const written = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Slips as they happen at a desk: a month and a day that are none, states that nobody knows, an end before the beginning. */
const slips = [
  (row) => (row.s_month = '13'),
  (row) => (row.participants += ';Ruritania'),
  (row) => ([row.s_month, row.s_day] = ['2', '31']),
  (row) => ([row.e_year, row.e_month, row.e_day] = [String(Number(row.s_year) - 2), '1', '1']),
  (row) => (row.participants = 'XXQ;United States'),
];

/** Makes the file in `work`; `run` asks the program what it sets aside of the file as it is published. */
export function plantedExercises(run, work) {
  const corpus = process.env.ENTENTE_CORPUS;
  const from = corpus ? join(corpus, 'exercises/mme_v7.csv.gz') : '';
  if (!existsSync(from)) return null;
  const folder = join(work, 'exercises');
  mkdirSync(folder, { recursive: true });
  const published = gunzipSync(readFileSync(from)).toString('utf8');
  writeFileSync(join(folder, 'published.csv'), published);
  const before = JSON.parse(run('import', 'table', join(folder, 'published.csv'), '--map', mapFile, '--preview', '--json'));
  const bad = new Set(before.set_aside.map((row) => row.id));
  const [head, ...lines] = published.trim().split(/\r?\n/);
  const names = cells(head);
  const rows = lines.map((line) => Object.fromEntries(cells(line).map((cell, n) => [names[n], cell])));
  const good = rows.filter((row) => !bad.has(row.MMEID) && /^\d+$/.test(row.s_month) && /^\d+$/.test(row.s_day) && row.participants.includes(';'));
  const planted = new Set();
  for (let n = 0; n < FAULTS; ++n) {
    const row = good[Math.floor(((n + 0.5) * good.length) / FAULTS)];
    slips[n % slips.length](row);
    planted.add(row.MMEID);
  }
  const text = [head, ...rows.map((row) => names.map((name) => written(row[name] ?? '')).join(','))].join('\n') + '\n';
  const file = join(folder, 'mme.csv');
  writeFileSync(file, text);
  return { file, text, rows: rows.length, planted, asideBefore: before.total.set_aside };
}
