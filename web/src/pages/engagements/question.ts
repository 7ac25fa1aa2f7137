// What a list asks, as it stands in the address; the API takes the same words.
import type { Query } from '../../api/client';

export const conditions = ['pair', 'actor', 'where', 'since', 'until', 'text'] as const;

export interface Question {
  type: string;
  pair: string;
  actor: string[];
  where: string[];
  since: string;
  until: string;
  text: string;
  sort: string;
  oldest: boolean;
  asOf: string;
}

export function questionOf(query: URLSearchParams): Question {
  const text = (name: string) => query.get(name) ?? '';
  return {
    type: text('type') || 'engagement',
    pair: text('pair'),
    actor: query.getAll('actor'),
    where: query.getAll('where'),
    since: text('since'),
    until: text('until'),
    text: text('text'),
    sort: text('sort'),
    oldest: text('oldest_first') === '1',
    asOf: text('as_of'),
  };
}

export const conditionsOf = (question: Question, without?: string): Query => ({
  pair: question.pair,
  actor: question.actor,
  where: question.where.filter((one) => fieldOf(one) !== without),
  since: question.since,
  until: question.until,
  text: question.text,
  as_of: question.asOf,
});

/** Where the columns that the program chooses say little of a type. */
const columnsOf: Record<string, string> = {
  training_line: 'recipient,programme,fiscal_year,people,cost,place',
};

export const asked = (question: Question): Query => ({
  type: question.type,
  ...conditionsOf(question),
  sort: question.sort,
  oldest_first: question.oldest,
  fields: columnsOf[question.type],
});

const fieldOf = (where: string): string => /^([\w.]+)/.exec(where)?.[1] ?? '';

/** The values of a field that were chosen: `level=minister,working` has two. */
export function chosen(where: string[], field: string): string[] {
  const one = where.find((condition) => condition.startsWith(`${field}=`));
  return one ? one.slice(field.length + 1).split(',') : [];
}

/** The conditions with one value of a field chosen or let go. */
export function toggled(where: string[], field: string, value: string): string[] {
  const values = chosen(where, field);
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  const others = where.filter((condition) => !condition.startsWith(`${field}=`));
  return next.length ? [...others, `${field}=${next.join(',')}`] : others;
}

/** Which fields of a type are worth counting. */
export const facetsOf: Record<string, string[]> = {
  engagement: ['participations.actor', 'category', 'level', 'status', 'direction'],
  disruption: ['scope_class', 'stopped_by', 'cause_class'],
  shock: ['kind', 'initiators'],
  channel: ['kind', 'parties'],
  agreement: ['kind', 'state', 'parties'],
  source: ['reliability', 'held_as', 'publisher'],
  actor: ['kind'],
  tally: ['what', 'parties'],
  training_line: ['recipient', 'fiscal_year', 'programme'],
};

/** The types that one looks through, in their order. */
export const types = ['engagement', 'disruption', 'shock', 'channel', 'agreement', 'invitation', 'training_line', 'tally', 'source', 'actor'];
