// What a field of a record says, in the language of the page as far as it is made of dates, nations and codes.
import type { FieldSaid, Span } from '../api/types';
import { inWords } from './dates';
import { t, words } from './language.svelte';
import { codeWords } from './names';

const isSpan = (value: unknown): value is Span => typeof value === 'object' && value !== null && ('from' in value || 'to' in value);

type Row = NonNullable<FieldSaid['rows']>[number];

/** "USA:participant" is a nation and a role; everything else stays as the record has it. */
export function rowInWords(field: string, row: Row): string {
  if (words.language === 'en') return row.words;
  const [code, role] = row.typed.split(':');
  if (field === 'participations' && /^[A-Z]{3}$/.test(code ?? '') && row.parts)
    return [words.place(code!, row.parts.actor ?? code!), role ? codeWords('role', role, row.parts.role ?? role) : ''].filter(Boolean).join(t('comma'));
  return /^[A-Z]{3}$/.test(row.typed) ? words.place(row.typed, row.words) : row.words;
}

export function fieldInWords(field: FieldSaid): string {
  if (isSpan(field.value)) return inWords(field.value, field.words);
  if (words.language === 'en') return field.words;
  if (field.rows) return field.rows.map((row) => rowInWords(field.name, row)).join(' · ');
  if (/^[A-Z]{3}$/.test(field.typed) && field.record) return words.place(field.typed, field.words);
  return typeof field.value === 'string' ? codeWords(field.name, field.value, field.words) : field.words;
}
