// A mark in words, for the pane beside it and for who hears the page.
import type { Picture, RecordLine, Relationship } from '../api/types';
import type { Target } from '../draw/layout';
import { inDay, isoOf, yearOf } from '../words/dates';
import { t, words } from '../words/language.svelte';
import { panelName } from '../words/names';

export type Known = Relationship['records'];
export interface Said {
  when: string;
  title: string;
  line: string;
  shown?: string;
  disputed?: string;
}

const dateOf = (at: number) => inDay(isoOf(Math.floor(at)));

/** What a record is, in a few words. */
const lineOf = (known: RecordLine): string =>
  [known.category ?? known.kind ?? known.type_name, known.level, known.status === 'completed' ? '' : known.status].filter(Boolean).join(' · ');

export function sayTarget(target: Target, picture: Picture, records: Known): Said {
  const panel = picture.panels[target.row]!;
  const dayOf = (at: number) => (picture.axis.dates ? dateOf(at) : t('days', { n: Math.round(at) }));
  const known = target.record ? records[target.record] : undefined;
  if (known && target.kind !== 'stop' && target.kind !== 'bar')
    return { when: known.when || dayOf(target.at), title: known.title || panelName(panel.name), line: lineOf(known), shown: known.shown };
  switch (panel.kind) {
    case 'stops': {
      if (target.kind !== 'stop') return { when: dayOf(target.at), title: t(target.kind === 'refusal' ? 'time.refusal' : 'time.use'), line: panel.name };
      const stop = panel.stops[target.index]!;
      return {
        when: stop.to_earliest === undefined ? t('time.stop_open', { from: dayOf(stop.from) }) : `${dayOf(stop.from)} – ${dayOf(stop.to)}`,
        title: t('time.stop', { label: stop.label }), line: known?.title ?? '',
      };
    }
    case 'bars': {
      const bar = panel.bars[target.index]!;
      return { when: `${dayOf(bar.from)} – ${dayOf(bar.to - 1)}`, title: `${panelName(panel.name)}: ${bar.value === undefined ? t('empty.unknown') : words.number(bar.value)}`, line: panel.note ?? '' };
    }
    case 'curve': {
      const point = panel.points[target.index]!;
      const value = { value: Math.round(point.value!), low: Math.round(point.low), high: Math.round(point.high) };
      return { when: dayOf(point.at), title: panel.band ? t('strength.says', value) : words.number(point.value!, 1), line: panelName(panel.name) };
    }
    default:
      return { when: String(yearOf(target.at)), title: panelName(panel.name), line: '' };
  }
}
