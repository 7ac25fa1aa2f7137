// What one may mean by a few words: ties, records and days are found by the server, which shows no more than one may see; the places
// and actions of the app are its own.
import { get } from '../api/client';
import type { Found } from '../api/contract';
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
  ['place.names', '/names', 'G N'],
  ['action.sources', '/engagements?type=source'],
  ['action.channels', '/engagements?type=channel'],
  ['action.stops', '/engagements?type=disruption'],
];

const doable = (typed: string, most: number): Hit[] =>
  actions
    .filter(([, href]) => session.writes || !/^\/(new|import)/.test(href))
    .map(([key, href, shortcut]): Hit => ({ group: 'action', title: t(key), detail: '', href, ...(shortcut ? { key: shortcut } : {}) }))
    .filter((one) => one.title.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, most);

/** Places and actions of the app, without asking. */
export function findHere(typed: string): Hit[] {
  const asked = typed.trim();
  if (asked.startsWith('>')) return doable(asked.slice(1).trim(), 12);
  if (!asked) return doable('', 6);
  return /^[@#]/.test(asked) ? [] : doable(asked, 4);
}

const named = (all: Choice[]): Choice[] => all.map((one) => ({ ...one, label: words.place(one.value, one.label) }));

/** Codes that words mean in the language of the page; the server knows names as the record has them. */
async function codesOf(typed: string): Promise<string[]> {
  if (words.language === 'en') return [];
  const actors = named(await allOf('actor').catch(() => []));
  // "usa chine 2022": what stands behind a code and before a year.
  const name = typed.replace(/\s+(19|20)\d{2}(\s*[-\u2013]\s*(19|20)\d{2})?$/, '').replace(/^[A-Za-z]{3}[\s-]+/, '');
  return name ? fitting(actors, name, 5).map((one) => one.value) : [];
}

const shown = (item: Found['groups'][number]['items'][number], kind: string): Hit => {
  if (kind === 'tie' && item.a && item.b)
    return { group: 'tie', title: `${words.place(item.a, item.a)} – ${words.place(item.b, item.title.split(' – ')[1] ?? item.b)}`, detail: item.detail, href: item.href };
  if (kind === 'date') return { group: 'date', title: item.from === item.to && item.from ? t('action.on', { date: inDay(item.from) }) : item.title, detail: item.detail, href: item.href };
  return { group: 'record', title: item.title, detail: item.detail, href: item.href };
};

/** What the server finds: ties, days, records. */
export async function findThere({ typed, home, today }: Asked, most: number, signal?: AbortSignal): Promise<Hit[]> {
  const q = typed.trim();
  if (!q || q.startsWith('>')) return [];
  const day = typedDate(q, today, words.language);
  const found = await get<Found>('/search', { q, limit: most, home, actor: await codesOf(q), day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null, as_of: null }, signal).catch(
    (): Found => ({ q, groups: [], as_of: null, known_at: '' }),
  );
  return found.groups.flatMap((group) => group.items.map((item) => shown(item, group.kind)));
}
