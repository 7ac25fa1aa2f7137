// What the rules that ship say, in the language of the page; what they do not say is left as the program says it.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Attention } from '../src/api/types';
import { attentionWords } from '../src/pages/home/attention_words';
import { typedSpan } from '../src/words/typed_span';
import { words } from '../src/words/language.svelte';

const item: Attention = {
  severity: 3, rule: 'stopped_longer_than_half', key: 'stopped_longer_than_half:x', since: '2024-07-17', records: ['x'], partners: ['CHN'], shipped: true,
  says: 'Arms-control consultations: stopped by China since 17 Jul 2024, 867 days, longer than 65 % of like stops; no end is on record, and no word after 18 Jul 2024',
  could_do: 'Look for a source later than 18 Jul 2024; propose a date, or record that it has lapsed.',
  values: { what: 'Arms-control consultations', by: 'by China', by_codes: 'CHN', began: '17 Jul 2024', began_typed: '2024-07-17', lasted: '867', days: 867, longer: '65 % of like stops', longer_than: 0.652, last_said: '2024-07-18', end_words: 'no end is on record, and no word after 18 Jul 2024', scope: 'family' },
};
const documents = { lang: '', dir: '' };
beforeAll(() => void Object.assign(globalThis, { document: { documentElement: documents }, localStorage: { setItem: () => {} } }));

describe('a line of what needs attention', () => {
  it('is said in the language of the page, with its days, states and shares', async () => {
    await words.use('fr');
    const said = attentionWords(item, '2026-12-01');
    expect(said.english).toBe(false);
    expect(said.head).toBe('Arms-control consultations');
    expect(said.says.replace(/\s/g, ' ')).toBe('Arrêté par Chine depuis le 17 juil. 2024, 867 jours, plus long que 65 % des arrêts semblables ; aucune fin au registre, et plus rien après le 18 juil. 2024.');
    expect(said.could_do).not.toMatch(/\{|Look/);
  });
  it('knows the end that came later, and one of which nothing was said since', async () => {
    await words.use('fr');
    const ended = attentionWords({ ...item, values: { ...item.values, ended_typed: '2026-12-24' } }, '2026-12-01');
    expect(ended.says).toMatch(/terminé plus tard, 24 déc. 2026/);
    const today = attentionWords({ ...item, values: { ...item.values, last_said: '2026-12-01' } }, '2026-12-01');
    expect(today.says).toMatch(/aucune fin au registre\.$/);
  });
  it('keeps the words of a rule that is one’s own', async () => {
    await words.use('ar');
    const said = attentionWords({ ...item, shipped: false }, '2026-12-01');
    expect(said).toEqual({ head: 'Arms-control consultations', says: `${item.says.slice(28, 29).toUpperCase()}${item.says.slice(29)}.`, could_do: item.could_do, english: true });
  });
});

describe('a date as it is typed', () => {
  it('is as long as it is known', () => {
    expect(typedSpan('2024-07-17')).toEqual({ from: '2024-07-17', to: '2024-07-17', precision: 'day' });
    expect(typedSpan('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29', precision: 'month' });
    expect(typedSpan('2023')).toEqual({ from: '2023-01-01', to: '2023-12-31', precision: 'year' });
    expect(typedSpan('2024-04-03..2024-04-04')).toEqual({ from: '2024-04-03', to: '2024-04-04', precision: 'range' });
    expect(typedSpan('soon')).toBeUndefined();
  });
});
