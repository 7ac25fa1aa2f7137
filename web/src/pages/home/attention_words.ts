// What a rule of attention says, in the language of the page. A rule of one's own, or one that says something else, keeps its words.
import type { Attention } from '../../api/types';
import { typedSpan } from '../../words/typed_span';
import { inDay, inWords } from '../../words/dates';
import { t, words, type MessageKey } from '../../words/language.svelte';
import { codeWords, fieldLabel, strandName } from '../../words/names';

export interface Said {
  /** What it is about; may be empty. */
  head: string;
  says: string;
  could_do: string;
  /** The program's own words, in English. */
  english: boolean;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const known = (key: string): key is MessageKey => words.has(key);

export function attentionWords(one: Attention, on: string): Said {
  const says = `rule.${one.rule}`;
  const could_do = `rule.${one.rule}.do`;
  if (!one.shipped || !known(says) || !known(could_do)) return { ...split(one.says), could_do: one.could_do, english: true };
  const values = inLanguage(one, on);
  return { head: headOf(one), says: t(says, values), could_do: t(could_do, values), english: false };
}

/** "Talks suspended: stopped by …" is a heading and what is said under it. */
function split(says: string): { head: string; says: string } {
  const at = says.indexOf(': ');
  const upper = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
  return at < 0 || at > 110 ? { head: '', says: `${upper(says)}.` } : { head: says.slice(0, at), says: `${upper(says.slice(at + 2))}.` };
}

/** What stopped, is late or ends; strands in the language of the page, what the record says as it says it. */
function headOf({ rule, values }: Attention): string {
  if (rule === 'tie_stopped' || rule === 'strength_fell') return '';
  if (values.strand_codes !== undefined) return words.list(String(values.strand_codes).split(',').map(strandName));
  if (values.strand_code !== undefined) return strandName(String(values.strand_code));
  if (values.category !== undefined) return codeWords('category', String(values.category), String(values.what));
  return String(values.what ?? '');
}

const shares = ['chance', 'fell', 'share', 'weight'];

function inLanguage({ values }: Attention, on: string): Record<string, string | number> {
  const out: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') out[name] = shares.includes(name) ? words.percent(value) : Number.isInteger(value) ? value : words.number(value, 2);
    else out[name] = day.test(value) ? inDay(value) : value;
  }
  const date = (name: string) => inWords(typedSpan(String(values[name])), '');
  if (values.began_typed !== undefined) out.began = date('began_typed');
  if (values.on_typed !== undefined) out.on = date('on_typed');
  if (values.by_codes !== undefined) out.by = values.by_codes ? words.list(String(values.by_codes).split(',').map((code) => words.place(code, code))) : t('rule.by_nobody');
  if (values.longer_than !== undefined) out.longer = Number(values.longer_than) < 0.995 ? t('rule.share_of_like', { share: words.percent(Number(values.longer_than)) }) : t('rule.all_like');
  if (values.field_code !== undefined) out.field = fieldLabel(String(values.field_code), String(values.field));
  if (values.end_words !== undefined)
    out.end = values.ended_typed !== undefined ? t('rule.ended', { date: date('ended_typed') }) : String(values.last_said ?? on) < on ? t('rule.no_end', { date: inDay(String(values.last_said)) }) : t('rule.no_end_at_all');
  return out;
}
