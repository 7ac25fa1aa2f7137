// What a reference may name: all records of a small type, read once; of a large one those that fit the words.
import { get } from '../../api/client';
import type { RecordPage } from '../../api/types';

export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

const MOST = 1000;
const read = new Map<string, Promise<Choice[]>>();

const choicesOf = (page: RecordPage): Choice[] =>
  page.items.map((one) => ({ value: one.handle, label: one.title || one.handle, ...(one.when ? { hint: one.when } : {}) }));

export function allOf(type: string): Promise<Choice[]> {
  const found = read.get(type);
  if (found) return found;
  const asked = get<RecordPage>('/records', { type, limit: MOST }).then(choicesOf);
  asked.catch(() => read.delete(type));
  read.set(type, asked);
  return asked;
}

/** The choices that fit what was typed: by code first, then by the beginning of a word, then anywhere. */
export function fitting(choices: Choice[], typed: string, most = 8): Choice[] {
  const asked = typed.trim().toLowerCase();
  if (!asked) return choices.slice(0, most);
  // What says of a field that it is not known, or as before, names nothing, whatever title has a mark in it.
  if (/^[?=-]$/.test(asked)) return [];
  const rank = (one: Choice): number => {
    const value = one.value.toLowerCase();
    const label = one.label.toLowerCase();
    if (value === asked) return 0;
    if (label === asked) return 1;
    if (value.startsWith(asked)) return 2;
    if (label.startsWith(asked)) return 3;
    if (label.includes(` ${asked}`) || label.includes(`(${asked}`)) return 4;
    return label.includes(asked) ? 5 : 9;
  };
  return choices
    .map((one) => ({ one, rank: rank(one) }))
    .filter((scored) => scored.rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map((scored) => scored.one);
}
