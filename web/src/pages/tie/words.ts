// Lengths, labels and causes of one tie in words.
import type { Episode, Range } from '../../api/types';
import { t, words, type MessageKey } from '../../words/language.svelte';

/** "40–69", kept from left to right. */
export const rangeInWords = (range: Range): string =>
  range.low === range.high ? words.number(range.low) : `${words.number(range.low)}–${words.number(range.high)}`;

export const daysInWords = (range: Range): string => (range.low === range.high ? t('days', { n: range.low }) : t('days_range', { range: rangeInWords(range) }));

/** "Ministers, visit" is made of two of our own words; names of channels stay as they are. */
export function labelInWords(label: string): string {
  const [people, manner] = label.split(', ');
  const known = (prefix: string, piece: string | undefined) => {
    const key = `${prefix}.${(piece ?? '').toLowerCase().replaceAll(' ', '_')}`;
    return words.has(key) ? t(key as MessageKey) : undefined;
  };
  const left = known('people', people);
  const right = known('manner', manner ?? people);
  if (manner === undefined) return right ?? label;
  return left && right ? `${left}${t('comma')}${right}` : label;
}

export const lengthOf = (stop: Episode): Range | undefined => stop.days ?? stop.days_so_far;
