// What one may mean by a few words: ties, records, places of the app, actions, a day. Nothing is offered that the server does not show.
import { get } from '../api/client';
import type { RecordPage } from '../api/types';
import { allOf, fitting, type Choice } from '../pages/entry/choices.svelte';
import { typedDate } from '../pages/entry/typed_dates';
import { session } from '../state/session.svelte';
import { inDay } from '../words/dates';
import { t, words, type MessageKey } from '../words/language.svelte';

export interface Hit {
  group: 'tie' | 'record' | 'action' | 'date';
  title: string;
  detail: string;
  href: string;
  key?: string;
}
export interface Asked {
  typed: string;
  home: string;
  today: string;
}

const actions: Array<[MessageKey, string, string?]> = [
  ['action.enter', '/new/engagement', 'N'],
  ['action.enter_stop', '/new/disruption'],
  ['action.enter_snooze', '/new/snooze'],
  ['action.import', '/import', 'G I'],
  ['action.verify', '/record', 'G L'],
  ['place.relationships', '/', 'G R'],
  ['place.engagements', '/engagements', 'G E'],
  ['place.calendar', '/calendar', 'G C'],
  ['place.people', '/people', 'G P'],
  ['action.sources', '/engagements?type=source'],
  ['action.channels', '/engagements?type=channel'],
  ['action.stops', '/engagements?type=disruption'],
];

/** "chn 2022" is a pair and a year: the words, and the period that stands behind them. */
export function splitYear(typed: string): { rest: string; span?: string } {
  const match = /^(.*?)\s+((?:19|20)\d{2})(?:\s*[-\u2013]\s*((?:19|20)\d{2}))?$/.exec(typed.trim());
  return match ? { rest: match[1]!, span: `${match[2]}-01-01,${match[3] ?? match[2]}-12-31` } : { rest: typed.trim() };
}

const named = (all: Choice[]): Choice[] => all.map((one) => ({ ...one, label: words.place(one.value, one.label) }));

function ties(actors: Choice[], typed: string, home: string): Hit[] {
  const { rest, span } = splitYear(typed);
  if (!rest) return [];
  const hit = (a: string, b: Choice): Hit => ({
    group: 'tie', title: `${words.place(a, a)} – ${b.label}`, detail: span ? span.slice(0, 4) : b.value, href: `/r/${a}/${b.value}${span ? `?span=${span}` : ''}`,
  });
  const pair = /^(\S{3,4})[\s-]+(.+)$/.exec(rest);
  if (pair) {
    const first = actors.find((one) => one.value === pair[1]!.toUpperCase());
    const second = fitting(actors, pair[2]!, 3);
    if (first && second.length) return second.filter((one) => one.value !== first.value).map((one) => hit(first.value, one));
  }
  return fitting(actors, rest, 5).filter((one) => one.value !== home).map((one) => hit(home, one));
}

const doable = (typed: string, most: number): Hit[] =>
  actions
    .filter(([, href]) => session.writes || !/^\/(new|import)/.test(href))
    .map(([key, href, shortcut]): Hit => ({ group: 'action', title: t(key), detail: '', href, ...(shortcut ? { key: shortcut } : {}) }))
    .filter((one) => one.title.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, most);

/** What fits at once, without asking. */
export async function findHere({ typed, home, today }: Asked): Promise<Hit[]> {
  const asked = typed.trim();
  if (asked.startsWith('>')) return doable(asked.slice(1).trim(), 12);
  if (!asked) return doable('', 6);
  if (/^[@#]/.test(asked)) return [];
  const actors = named(await allOf('actor').catch(() => []));
  const day = typedDate(asked, today, words.language);
  const dates: Hit[] = day && /^\d{4}-\d{2}-\d{2}$/.test(day) && day <= today ? [{ group: 'date', title: t('action.on', { date: inDay(day) }), detail: day, href: `/?on=${day}` }] : [];
  return [...ties(actors, asked, home), ...dates, ...doable(asked, 4)];
}

/** Records that hold the words, or are called so. */
export async function findRecords(typed: string, most: number, signal?: AbortSignal): Promise<Hit[]> {
  const asked = typed.trim().replace(/^[#>]/, '').trim();
  if (asked.length < 2 || typed.startsWith('>')) return [];
  const people = asked.startsWith('@');
  const text = people ? `people:${asked.slice(1).trim()}*` : /["*]/.test(asked) ? asked : `${asked}*`;
  const called: Promise<Hit[]> = /^\w{3,}$/.test(asked)
    ? get<{ items: Array<{ id: string; type: string; handle: string; title: string }> }>('/resolve', { text: asked }, signal).then(
        (found) => found.items.slice(0, 3).filter((one) => one.type !== 'actor').map((one): Hit => ({ group: 'record', title: one.title || one.handle, detail: one.handle, href: `/records/${one.id}` })),
        () => [],
      )
    : Promise.resolve([]);
  const holding = get<RecordPage>('/records', { type: people ? 'engagement' : 'engagement,disruption,channel,agreement,source,shock', text, limit: most, fields: '' }, signal).then(
    (page) => page.items.map((one): Hit => ({ group: 'record', title: one.title || one.handle, detail: [one.handle, one.when].filter(Boolean).join(' · '), href: `/records/${one.id}` })),
    () => [],
  );
  const [first, second] = await Promise.all([called, holding]);
  return [...first, ...second.filter((one) => !first.some((other) => other.href === one.href))].slice(0, most);
}
