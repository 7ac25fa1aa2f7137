// Days to places on a line, and the years that are worth naming on it.
import { yearOf, yearStart } from '../words/dates';

export interface Span {
  from: number;
  to: number;
}
export type Scale = (day: number) => number;

export const scale = (span: Span, left: number, right: number): Scale => {
  const each = (right - left) / (span.to - span.from);
  return (day) => left + (day - span.from) * each;
};
export const inverse = (span: Span, left: number, right: number): Scale => {
  const each = (span.to - span.from) / (right - left);
  return (place) => span.from + (place - left) * each;
};

export interface Tick {
  day: number;
  /** The month, 0 to 11, where ticks are closer than a year. */
  month: number;
  year: number;
}

/** Ticks at least `room` apart: every so many years, or quarters when little time is shown. */
export function ticks(span: Span, width: number, room = 52): Tick[] {
  const years = (span.to - span.from) / 365.25;
  const each = (room / width) * years;
  const months = [1, 3, 6, 12, 24, 60, 120, 240, 600].find((one) => one / 12 >= each) ?? 1200;
  const out: Tick[] = [];
  const firstYear = yearOf(span.from);
  const step = Math.max(1, months / 12);
  for (let year = months > 12 ? Math.floor(firstYear / step) * step : firstYear; year <= yearOf(span.to); year += step) {
    for (let month = 0; month < 12; month += Math.min(12, months)) {
      const day = Date.UTC(year, month, 1) / 86_400_000;
      if (day >= span.from && day <= span.to) out.push({ day, month, year });
    }
  }
  return out;
}

/** Kept inside the whole, never shorter than two months. */
export function within(span: Span, whole: Span): Span {
  const length = Math.min(whole.to - whole.from, Math.max(60, span.to - span.from));
  const from = Math.min(Math.max(span.from, whole.from), whole.to - length);
  return { from: Math.round(from), to: Math.round(from + length) };
}

export const lastYears = (whole: Span, years: number): Span => within({ from: whole.to - Math.round(years * 365.25), to: whole.to }, whole);

export const wholeYears = (span: Span): number[] => {
  const out: number[] = [];
  for (let year = yearOf(span.from); year <= yearOf(span.to - 1); year++) out.push(yearStart(year));
  return out;
};
