// The few words that stand beside the rows of a chart, in the language of the page. What is not known stays as it came.
import { typedDate } from '../pages/entry/typed_dates';
import { inDay, inMonth } from './dates';
import { t, words } from './language.svelte';

const number = (text: string): number => Number(text.replaceAll(',', ''));

const known: Array<[RegExp, (match: RegExpExecArray) => string]> = [
  [/^([\d,]+)(?: stops?)? on record$/, ([, n]) => t('panel.on_record', { n: number(n!) })],
  [/^none on record$/, () => t('empty.none_on_record')],
  [/^places, by (\w+)$/, ([, by]) => t('panel.places_by', { by: by! })],
  [/^tallied, a year$/, () => t('panel.tallied')],
  [/^not counted$/, () => t('panel.not_counted')],
  [/^not released$/, () => t('empty.not_released')],
  [/^0 to 100$/, () => t('panel.of_100')],
  [/^last$/, () => t('panel.last')],
  [/^in all$/, () => t('panel.in_all')],
  [/^(\d+): no end$/, ([, n]) => t('panel.no_end', { n: n! })],
  [/^strong above$/, () => t('panel.strong_above')],
  [/^thin below$/, () => t('panel.thin_below')],
  [/^too few days$/, () => t('empty.too_few')],
];

export function panelWords(text: string): string {
  if (words.language === 'en') return text;
  for (const [form, say] of known) {
    const match = form.exec(text);
    if (match) return say(match);
  }
  if (text === 'known') return '';
  const date = /\d{4}$/.test(text) && /[a-z]/i.test(text) ? typedDate(text, '2100-01-01') : undefined;
  if (date) {
    const [from, to] = date.split('..');
    if (to) return inDay(to);
    return from!.length === 10 ? inDay(from!) : from!.length === 7 ? inMonth(`${from}-01`) : text;
  }
  return words.has(`channel.${text}`) ? t(`channel.${text}` as 'channel.active') : text;
}
