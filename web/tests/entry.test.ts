// What one types is understood as meant, or not at all.
import { describe, expect, it } from 'vitest';
import type { TypeDeclared } from '../src/api/types';
import { fitting } from '../src/pages/entry/choices.svelte';
import { readLine, type Known } from '../src/pages/entry/read_line';
import { daysOfSeries } from '../src/pages/entry/series';
import { typedDate } from '../src/pages/entry/typed_dates';
import { chosen, toggled } from '../src/pages/engagements/question';
import { clashes, weeksOf } from '../src/pages/calendar/month';
import { csv } from '../src/words/csv';

const today = '2026-05-31';

describe('a date as people write it', () => {
  it.each([
    ['2025-11-18', '2025-11-18'],
    ['2025-11', '2025-11'],
    ['2025', '2025'],
    ['2025-11-18..2025-11-20', '2025-11-18..2025-11-20'],
    ['18 nov 2025', '2025-11-18'],
    ['18-20 nov 2025', '2025-11-18..2025-11-20'],
    ['18\u201320 November 2025', '2025-11-18..2025-11-20'],
    ['30 nov - 2 dec 2025', '2025-11-30..2025-12-02'],
    ['30 dec 2025 - 2 jan 2026', '2025-12-30..2026-01-02'],
    ['nov 2025', '2025-11'],
    ['sept 2024', '2024-09'],
    ['yesterday', '2026-05-30'],
    ['today', '2026-05-31'],
    ['-3d', '2026-05-28'],
    ['18 nov', '2025-11-18'],
    ['18 may', '2026-05-18'],
    ['unknown', 'unknown'],
  ])('%s', (typed, expected) => expect(typedDate(typed, today)).toBe(expected));
  it('reads months of the language of the page', () => {
    expect(typedDate('18 mars 2025', today, 'fr')).toBe('2025-03-18');
    expect(typedDate('18 نوفمبر 2025', today, 'ar')).toBe('2025-11-18');
  });
  it.each(['31 nov 2025', '20-18 nov 2025', 'soon', '18/11/2025', '', '18 foo 2025'])('refuses %s', (typed) => expect(typedDate(typed, today)).toBeUndefined());
});

describe('one line', () => {
  const known: Known = { actors: new Set(['USA', 'CHN', 'AND']), channels: new Map([['MMCA', 'h0040'], ['h0040', 'h0040']]), today, locale: 'en' };
  const read = (line: string) => Object.fromEntries(readLine(line, known).map((one) => [one.as, one.value]));
  it('becomes fields', () => {
    expect(readLine('18-20 nov 2025 MMCA working group and plenary USA CHN @dvids-551967', known)).toEqual([
      { text: '18-20 nov 2025', as: 'day', value: '2025-11-18..2025-11-20' },
      { text: '@dvids-551967', as: 'source', value: 'dvids-551967' },
      { text: 'USA', as: 'actor', value: 'USA' },
      { text: 'CHN', as: 'actor', value: 'CHN' },
      { text: 'MMCA', as: 'channel', value: 'h0040' },
      { text: 'working group', as: 'category', value: 'DLG' },
      { text: 'working group', as: 'level', value: 'working' },
      { text: 'MMCA working group and plenary', as: 'title', value: 'MMCA working group and plenary' },
    ]);
  });
  it('takes small letters for words, not for codes', () => {
    expect(read('visit and call USA yesterday')).toMatchObject({ actor: 'USA', day: '2026-05-30', title: 'Visit and call' });
  });
  it('takes what is unknown for the title', () => {
    expect(read('XYZ foo')).toEqual({ title: 'XYZ foo' });
  });
});

describe('choices', () => {
  const all = [{ value: 'CHN', label: 'China' }, { value: 'TWN', label: 'Taiwan (province of China)' }, { value: 'CHE', label: 'Switzerland' }];
  it('stand by code, then by the beginning of words', () => {
    expect(fitting(all, 'chn').map((one) => one.value)).toEqual(['CHN']);
    expect(fitting(all, 'ch').map((one) => one.value)).toEqual(['CHN', 'CHE', 'TWN']);
    expect(fitting(all, 'swi').map((one) => one.value)).toEqual(['CHE']);
    expect(fitting(all, 'xx')).toEqual([]);
  });
});

describe('conditions in the address', () => {
  it('take a value in and let it go again', () => {
    const one = toggled([], 'level', 'minister');
    expect(one).toEqual(['level=minister']);
    const two = toggled([...one, 'status=completed'], 'level', 'working');
    expect(two).toEqual(['status=completed', 'level=minister,working']);
    expect(chosen(two, 'level')).toEqual(['minister', 'working']);
    expect(toggled(toggled(two, 'level', 'working'), 'level', 'minister')).toEqual(['status=completed']);
  });
  it('leave other conditions on the same field alone', () => {
    expect(toggled(['category!=POL'], 'category', 'KLE')).toEqual(['category!=POL', 'category=KLE']);
  });
});

describe('a month', () => {
  const row = (id: string, from: string, to: string, cells: Record<string, string> = {}) =>
    ({ id, type: 'engagement', type_name: '', handle: id, title: id, revision: 1, day: { from, to, precision: from === to ? ('day' as const) : ('range' as const) }, cells });
  it('begins its weeks where the language does, and cuts what goes on into the next', () => {
    const weeks = weeksOf('2024-09', [row('a', '2024-09-07', '2024-09-10'), row('b', '2024-09-09', '2024-09-09')], 1);
    expect(weeks).toHaveLength(6);
    const bars = weeks.flatMap((week, n) => week.bars.map((bar) => [n, bar.row.id, bar.from, bar.to, bar.lane, bar.begins, bar.ends]));
    expect(bars).toEqual([[1, 'a', 5, 6, 0, true, false], [2, 'a', 0, 1, 0, false, true], [2, 'b', 0, 0, 1, true, true]]);
    expect(weeksOf('2026-02', [], 0)).toHaveLength(4);
  });
  it('marks plans that clash, not what took place', () => {
    const plan = { status: 'planned', participations: 'United States, host; China, visitor' };
    const done = { ...plan, status: 'completed' };
    expect([...clashes([row('a', '2026-01-01', '2026-01-03', plan), row('b', '2026-01-03', '2026-01-03', plan), row('c', '2026-01-02', '2026-01-02', done)])]).toEqual(['a', 'b']);
    expect(clashes([row('a', '2026-01-01', '2026-01-03', plan), row('b', '2026-01-04', '2026-01-04', plan)]).size).toBe(0);
  });
});

describe('small things', () => {
  it('a table that no spreadsheet takes for a formula', () => {
    expect(csv([['a', 'b,c', 'say "x"'], ['=1+1', '-5', '-x']])).toBe('a,"b,c","say ""x"""\r\n\'=1+1,-5,\'-x\r\n');
  });
});

describe('a series', () => {
  it('goes on by weeks, and by months that keep to their last day', () => {
    expect(daysOfSeries('2026-01-05', 'week', 3)).toEqual(['2026-01-05', '2026-01-12', '2026-01-19']);
    expect(daysOfSeries('2026-01-31', 'month', 4)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
    expect(daysOfSeries('2024-02-29', 'year', 3)).toEqual(['2024-02-29', '2025-02-28', '2026-02-28']);
    expect(daysOfSeries('2026-11-18..2026-11-20', 'quarter', 2)).toEqual(['2026-11-18..2026-11-20', '2027-02-18..2027-02-20']);
  });
  it('needs a day', () => expect(daysOfSeries('2026-11', 'year', 3)).toBeUndefined());
});

describe('a mark that stands for no name', () => {
  it('offers nothing, whatever title has it', () => {
    const choices = [{ value: 'mous', label: 'A Disaster?' }, { value: 'a-b', label: 'A - B' }];
    for (const mark of ['?', '=', '-']) expect(fitting(choices, mark)).toEqual([]);
    expect(fitting(choices, 'disaster?')).toHaveLength(1);
  });
});
