// Days in words. A day is `2026-05-31` and has no time zone; on charts it is a number of days since 1970.
import type { Span } from '../api/types';
import { words } from './language.svelte';

const DAY = 86_400_000;

export const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / DAY;
export const isoOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
export const yearOf = (day: number): number => new Date(day * DAY).getUTCFullYear();
export const yearStart = (year: number): number => Date.UTC(year, 0, 1) / DAY;

const stamp = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(how: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = words.locale + JSON.stringify(how);
  const found = cache.get(key) ?? new Intl.DateTimeFormat(words.locale, { timeZone: 'UTC', ...how });
  cache.set(key, found);
  return found;
}

// British English writes "Sept"; every other month has three letters, and columns of dates stay even.
const even = (text: string): string => (words.language === 'en' ? text.replace(/\bSept\b/g, 'Sep') : text);
const format = (iso: string, how: Intl.DateTimeFormatOptions): string => even(formatter(how).format(stamp(iso)));

export const inDay = (iso: string): string => format(iso, { day: 'numeric', month: 'short', year: 'numeric' });
export const inMonth = (iso: string): string => format(iso, { month: 'short', year: 'numeric' });
export const inYear = (iso: string): string => format(iso, { year: 'numeric' });
export const inFull = (iso: string): string => format(iso, { day: 'numeric', month: 'long', year: 'numeric' });
export const inTime = (stamp: string): string =>
  new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(stamp));

/** A span as precisely as it is known: a month says so and never pretends to a day. */
export function inWords(span: Span | null | undefined, missing: string): string {
  if (!span || (!span.from && !span.to)) return missing;
  const { from, to } = span;
  if (!from || !to) return from ? `≥ ${inDay(from)}` : `≤ ${inDay(to!)}`;
  if (span.precision === 'day' || from === to) return inDay(from);
  if (span.precision === 'month') return inMonth(from);
  if (span.precision === 'year') return inYear(from);
  // Chinese writes short ranges in slashes; the long form keeps to its own signs.
  const month = words.language === 'zh' ? 'long' : 'short';
  return even(formatter({ day: 'numeric', month, year: 'numeric' }).formatRange(stamp(from), stamp(to)));
}

/** Words with their own direction, for charts, which run from left to right in every language. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

/** The years of a span: 1947–2018, or 1945. */
export function years(span: Span): string {
  const [from, to] = [span.from?.slice(0, 4), span.to?.slice(0, 4)];
  return from === to ? (from ?? '') : `${from ?? ''}–${to ?? ''}`;
}
