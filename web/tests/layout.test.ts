// The chart's places: what lies where, what is nearest, where arrows lead.
import { describe, expect, it } from 'vitest';
import type { LanePanel, Picture } from '../src/api/types';
import { frameOf, layOut, nearest, reach, step } from '../src/draw/layout';
import { inverse, lastYears, scale, ticks, within } from '../src/draw/scale';
import { inAddress, spanOf } from '../src/pages/tie/period';
import { dayNumber, isoOf, yearStart } from '../src/words/dates';

const mark = (day: string, more: Partial<LanePanel['marks'][number]> = {}) => ({
  from: dayNumber(day), to: dayNumber(day), exact: true, rise: 'up' as const, height: 3, head: 'meeting' as const, record: day, ...more,
});
const lane = (name: string, marks: LanePanel['marks']): LanePanel => ({ kind: 'lane', name, survey: [], marks, directed: true });
const picture: Picture = {
  title: 'A and B', sentence: '', description: '', axis: { dates: true, first: yearStart(2000), last: yearStart(2020), name: '' }, moments: [], up: '', down: '', notes: [], foot: '',
  panels: [
    { kind: 'stops', name: 'Stops', survey: [], stops: [{ label: '1', from: dayNumber('2010-01-30'), from_latest: dayNumber('2010-01-30'), to: dayNumber('2010-12-10'), record: 's' }], uses: [], refusals: [dayNumber('2012-05-01')], through: true },
    lane('Leaders', [mark('2003-03-01'), mark('2015-06-01', { rise: 'down', height: 1 })]),
    lane('Dialogue', [mark('2014-01-01', { rise: 'level' })]),
  ],
};
const whole = { from: yearStart(2000), to: yearStart(2020) };

describe('a scale', () => {
  it('leads there and back', () => {
    const x = scale(whole, 132, 1248);
    const day = inverse(whole, 132, 1248);
    expect(x(whole.from)).toBe(132);
    expect(x(whole.to)).toBe(1248);
    expect(day(x(12345))).toBeCloseTo(12345, 6);
  });
  it('names years that have room, and quarters when little time is shown', () => {
    expect(ticks(whole, 1116).map((one) => one.year)).toEqual(Array.from({ length: 21 }, (_, n) => 2000 + n));
    expect(ticks(whole, 300).map((one) => one.year)).toEqual([2000, 2005, 2010, 2015, 2020]);
    const quarters = ticks({ from: yearStart(2019), to: yearStart(2020) }, 400);
    expect(quarters.map((one) => one.month)).toEqual([0, 3, 6, 9, 0]);
  });
  it('stays inside the whole', () => {
    expect(within({ from: whole.from - 500, to: whole.from + 500 }, whole)).toEqual({ from: whole.from, to: whole.from + 1000 });
    const short = within({ from: 12000, to: 12010 }, whole);
    expect(short.to - short.from).toBe(60);
    expect(lastYears(whole, 10).from).toBe(whole.to - 3653);
  });
});

describe('the period in the address', () => {
  it('is read and written in days', () => {
    const span = spanOf('2005-01-01,2010-12-31', whole, false);
    expect([isoOf(span.from), isoOf(span.to)]).toEqual(['2005-01-01', '2010-12-31']);
    expect(inAddress(span, whole)).toBe('2005-01-01,2010-12-31');
    expect(inAddress(whole, whole)).toBe('all');
  });
  it('is the whole where it makes no sense, and ten years on a phone', () => {
    expect(spanOf('soon', whole, false)).toEqual(whole);
    expect(spanOf('2010-01-01,2005-01-01', whole, false)).toEqual(whole);
    expect(spanOf(null, whole, true)).toEqual(lastYears(whole, 10));
    expect(spanOf('all', whole, true)).toEqual(whole);
  });
});

describe('a layout', () => {
  const layout = layOut(picture, 1344, whole);
  it('gives the names room, and none on a phone', () => {
    expect(frameOf(1344)).toMatchObject({ left: 132, right: 1232, narrow: false });
    expect(frameOf(358)).toMatchObject({ left: 8, right: 350, narrow: true });
  });
  it('puts journeys of the first above the line and of the second below, higher ranks farther', () => {
    const leaders = picture.panels[1] as LanePanel;
    expect(reach(leaders.marks[0]!, leaders, 62)).toBeCloseTo(-(62 / 2 - 7));
    expect(reach(leaders.marks[1]!, leaders, 62)).toBeCloseTo((62 / 2 - 7) * 0.4);
    expect(layout.targets.find((one) => one.record === '2003-03-01')!.y).toBeLessThan(layout.rows[1]!.top + 31);
  });
  it('shows only what lies in the period', () => {
    const part = layOut(picture, 1344, { from: yearStart(2012), to: yearStart(2016) });
    expect(part.targets.map((one) => one.kind)).toEqual(['refusal', 'mark', 'mark']);
  });
  it('finds the nearest, and nothing where nothing is near', () => {
    const target = layout.targets.find((one) => one.record === '2014-01-01')!;
    expect(nearest(layout.targets, target.x + 5, target.y - 4)?.key).toBe(target.key);
    expect(nearest(layout.targets, target.x + 60, target.y)).toBeUndefined();
  });
  it('walks along a row by time, and to the nearest in time of another', () => {
    const at = (record: string) => layout.targets.find((one) => one.record === record)!;
    expect(step(layout.targets, at('2003-03-01'), 'right')?.record).toBe('2015-06-01');
    expect(step(layout.targets, at('2015-06-01'), 'right')?.record).toBe('2015-06-01');
    expect(step(layout.targets, at('2015-06-01'), 'down')?.record).toBe('2014-01-01');
    expect(step(layout.targets, at('2003-03-01'), 'up')?.kind).toBe('stop');
    expect(step(layout.targets, undefined, 'right')?.key).toBe(layout.targets[0]!.key);
  });
});
