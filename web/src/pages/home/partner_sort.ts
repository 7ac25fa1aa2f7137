// The orders of the partners' table. What is missing comes last both ways.
import type { Partner } from '../../api/types';
import { words } from '../../words/language.svelte';

export type Column = 'attention' | 'name' | 'state' | 'strength' | 'last' | 'stops' | 'seats' | 'next';

export const columns: Array<{ name: 'name' | 'state' | 'strength' | 'strands' | 'last' | 'stops' | 'spark' | 'seats' | 'next' | 'attention'; sorts?: Column; number?: boolean }> = [
  { name: 'name', sorts: 'name' },
  { name: 'state', sorts: 'state' },
  { name: 'strength', sorts: 'strength' },
  { name: 'strands' },
  { name: 'last', sorts: 'last' },
  { name: 'stops', sorts: 'stops' },
  { name: 'spark' },
  { name: 'seats', sorts: 'seats', number: true },
  { name: 'next', sorts: 'next' },
  { name: 'attention', sorts: 'attention', number: true },
];

const states = ['stopped', 'restored', 'active', 'quiet', 'record_ends', 'not_released', 'none_on_record'];

/** A value to sort by, larger first; nothing where there is none. */
const value: Record<Exclude<Column, 'name'>, (one: Partner) => number | string | undefined> = {
  // What needs attention: stopped ties first, the latest stop first, then by how much there is to look at.
  attention: (one) => (one.open_stops ? 1e7 : 0) + (one.open_stops && one.stopped_since?.from ? Date.parse(one.stopped_since.from) / 864e5 : 0) + one.attention,
  state: (one) => -states.indexOf(one.state),
  strength: (one) => ('value' in one.strength ? one.strength.value : undefined),
  last: (one) => one.last_contact?.held.to ?? one.last_contact?.held.from,
  stops: (one) => one.open_stops || undefined,
  seats: (one) => one.spark.seats,
  next: (one) => one.next_planned?.held.from,
};

export function sorted(partners: Partner[], column: Column, down: boolean): Partner[] {
  const sign = down ? -1 : 1;
  const byName = (a: Partner, b: Partner) => words.place(a.code, a.name).localeCompare(words.place(b.code, b.name), words.locale);
  if (column === 'name') return [...partners].sort((a, b) => sign * byName(a, b));
  const of = value[column] ?? value.attention;
  return [...partners].sort((a, b) => {
    const left = of(a);
    const right = of(b);
    if (left === undefined || right === undefined) return left === right ? byName(a, b) : left === undefined ? 1 : -1;
    return left === right ? byName(a, b) : sign * (left > right ? -1 : 1);
  });
}
