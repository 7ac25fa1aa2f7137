// Dates as people write them, into the words that the API takes: `2025-11-18`, `2025-11`, `2025`, or two with `..` between.

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
const pad = (n: number): string => String(n).padStart(2, '0');

/** Names of months, whole or by their first three letters, in these languages. */
function monthNames(locales: string[]): Map<string, number> {
  const out = new Map<string, number>();
  for (const locale of locales)
    for (let month = 0; month < 12; month++)
      for (const style of ['long', 'short'] as const) {
        const name = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' }).format(Date.UTC(2000, month, 1)).toLowerCase().replace('.', '');
        out.set(name, month + 1);
        if (locale.startsWith('en')) out.set(name.slice(0, 3), month + 1);
      }
  return out;
}

const real = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** The words of the API for what somebody typed, or nothing if it is no date. A day without a year is the latest one. */
export function typedDate(text: string, today: string, locale = 'en'): string | undefined {
  const asked = text.trim().toLowerCase().replace(/[\u2013\u2014]/g, '-');
  if (/^\d{4}(-\d{2}(-\d{2})?)?(\.\.\d{4}(-\d{2}(-\d{2})?)?)?$/.test(asked)) return asked;
  if (/^(unknown|not-released|not-applicable|expected)$/.test(asked)) return asked;
  const now = Date.parse(`${today}T00:00:00Z`);
  if (asked === 'today') return today;
  if (asked === 'yesterday') return iso(now - DAY);
  const shift = /^([+-])(\d{1,4})d$/.exec(asked);
  if (shift) return iso(now + (shift[1] === '-' ? -1 : 1) * Number(shift[2]) * DAY);

  const months = monthNames(['en-GB', locale]);
  const month = (name: string | undefined): number | undefined => months.get((name ?? '').replace('.', ''));
  const name = '([\\p{L}.]+|\\d{1,2}月)';
  const day = (year: number, monthNumber: number | undefined, dayNumber: number): string | undefined =>
    monthNumber && real(year, monthNumber, dayNumber) ? `${year}-${pad(monthNumber)}-${pad(dayNumber)}` : undefined;
  const span = (from: string | undefined, to: string | undefined) => (from && to && from <= to ? (from === to ? from : `${from}..${to}`) : undefined);
  /** Without a year: the latest such day that is not after today. */
  const guess = (monthNumber: number | undefined, dayNumber: number): number => {
    const year = Number(today.slice(0, 4));
    return monthNumber && `${year}-${pad(monthNumber)}-${pad(dayNumber)}` > today ? year - 1 : year;
  };

  let match = new RegExp(`^(\\d{1,2}) ?(?:-|to) ?(\\d{1,2}) ${name}(?: (\\d{4}))?$`, 'u').exec(asked);
  if (match) {
    const [, first, last, of, year] = match;
    const number = year ? Number(year) : guess(month(of), Number(last));
    return span(day(number, month(of), Number(first)), day(number, month(of), Number(last)));
  }
  match = new RegExp(`^(\\d{1,2}) ${name}(?: (\\d{4}))? ?(?:-|to) ?(\\d{1,2}) ${name}(?: (\\d{4}))?$`, 'u').exec(asked);
  if (match) {
    const [, first, of, firstYear, last, lastOf, lastYear] = match;
    const year = lastYear ? Number(lastYear) : guess(month(lastOf), Number(last));
    return span(day(firstYear ? Number(firstYear) : year, month(of), Number(first)), day(year, month(lastOf), Number(last)));
  }
  match = new RegExp(`^(\\d{1,2}) ${name}(?: (\\d{4}))?$`, 'u').exec(asked);
  if (match) {
    const [, first, of, year] = match;
    return day(year ? Number(year) : guess(month(of), Number(first)), month(of), Number(first));
  }
  match = new RegExp(`^${name} (\\d{4})$`, 'u').exec(asked);
  if (match && month(match[1])) return `${match[2]}-${pad(month(match[1])!)}`;
  return undefined;
}
