// What is judged one at a time: a name and one that may be the same.
import type { NamesToReview } from '../../api/contract';

type Item = NamesToReview['items'][number];
export type Verdict = 'positive' | 'negative' | 'unsure';
export const verdicts: Verdict[] = ['positive', 'negative', 'unsure'];
export const kinds = ['organisation', 'person', 'place'] as const;

export interface Pair {
  key: string;
  left: string;
  /** Empty: it waits for another reason, such as characters that look like others. */
  right: string;
  nation: string;
  kind: Item['kind'];
  item: Item;
  candidate?: Item['candidates'][number];
  why: string;
}

const partsOf = (candidate: Item['candidates'][number]): string => (candidate.parts as Array<{ part: string; value: number; words: string }>).map((part) => `${part.part} ${part.value.toFixed(2)} (${part.words})`).join('; ');

export const pairsOf = (items: Item[]): Pair[] =>
  items.flatMap((item): Pair[] => {
    const base = { left: item.text, nation: item.nation, kind: item.kind, item };
    const reasons = [...item.open.filter((why) => why !== 'may be the same'), ...item.reasons].join(': ');
    if (!item.candidates.length) return [{ ...base, key: `${item.kind} ${item.nation} ${item.text}`, right: '', why: reasons }];
    return item.candidates.map((candidate) => ({
      ...base, key: `${item.kind} ${item.nation} ${item.text} = ${candidate.text}`, right: candidate.text, candidate, why: [reasons, partsOf(candidate)].filter(Boolean).join(' · '),
    }));
  });
