// The period that is shown, as it stands in the address: `span=2016-06-01,2026-11-30`, or nothing for the whole.
import { lastYears, within, type Span } from '../../draw/scale';
import { dayNumber, isoOf } from '../../words/dates';

export function spanOf(asked: string | null, whole: Span, narrow: boolean, latest = whole.to): Span {
  if (asked === 'all') return whole;
  const [from, to] = (asked ?? '').split(',');
  const span = { from: dayNumber(from ?? ''), to: dayNumber(to ?? '') };
  if (Number.isFinite(span.from) && Number.isFinite(span.to) && span.from < span.to) return within(span, whole);
  // On a phone the last ten years; where nothing is in them, the whole.
  return narrow && latest > whole.to - 3653 ? lastYears(whole, 10) : whole;
}

export const inAddress = (span: Span, whole: Span): string =>
  span.from <= whole.from && span.to >= whole.to ? 'all' : `${isoOf(span.from)},${isoOf(span.to)}`;
