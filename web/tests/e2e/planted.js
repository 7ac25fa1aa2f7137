// A file as an office would send it: sixty meetings of the public record, in thirty of which something is wrong.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cells of a line of RFC 4180. */
function cells(line) {
  const out = [];
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) out.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  return out;
}
const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What goes wrong by hand: days that are none, states that nobody knows, a day that is after the last. */
const faults = [
  (row) => ({ ...row, date: '31 February 2019' }),
  (row) => ({ ...row, date: 'spring, tbc' }),
  (row) => ({ ...row, party_b: 'XXQ' }),
  (row) => ({ ...row, party_a: 'Ruritania' }),
  (row) => ({ ...row, date: '2019-13-01' }),
];

export function planted(data) {
  const [head, ...lines] = readFileSync(join(data, 'contacts.csv'), 'utf8').trim().split(/\r?\n/);
  const names = cells(head);
  const read = lines.map(cells).map((row) => Object.fromEntries(names.map((name, n) => [name, row[n]])));
  const good = read.filter((row) => ['visit', 'call', 'dialogue'].includes(row.kind) && /^\d{4}-\d{2}-\d{2}$/.test(row.date_start)).slice(0, 60);
  const rows = good.map((row, n) => {
    // A title of its own: these are not the meetings that are on record already.
    const plain = { id: `desk-${n + 1}`, date: row.date_start, party_a: row.party_a, party_b: row.party_b, kind: row.kind, title: `${row.title} (desk log ${n + 1})`, place: row.place };
    return n % 2 ? faults[((n - 1) / 2) % faults.length](plain) : plain;
  });
  const columns = Object.keys(rows[0]);
  return { text: [columns.join(','), ...rows.map((row) => columns.map((one) => quoted(row[one])).join(','))].join('\n') + '\n', rows: rows.length, faults: rows.length / 2 };
}
