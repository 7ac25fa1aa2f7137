// Where everything of a picture lies: rows from top to bottom, and each thing that can be pointed at.
import type { LanePanel, Mark, Panel, Picture, StopPanel } from '../api/types';
import { scale, type Scale, type Span } from './scale';

export interface Frame {
  width: number;
  left: number;
  right: number;
  /** Names stand inside the rows: on a phone. */
  narrow: boolean;
}
export interface Row {
  panel: Panel;
  top: number;
  height: number;
}
/** Something that can be pointed at, walked to by arrows and opened. */
export interface Target {
  key: string;
  row: number;
  x: number;
  y: number;
  at: number;
  kind: 'mark' | 'shock' | 'stop' | 'refusal' | 'use' | 'bar' | 'point';
  record?: string;
  /** Which one of its panel. */
  index: number;
}
export interface Layout {
  frame: Frame;
  span: Span;
  x: Scale;
  rows: Row[];
  /** Stops that all rows show, and how far down they reach. */
  through: StopPanel | undefined;
  lanesTop: number;
  lanesBottom: number;
  bottom: number;
  targets: Target[];
}

export const HEADS = 22;
export const AXIS = 20;

export function frameOf(width: number): Frame {
  if (width < 560) return { width, left: 8, right: width - 8, narrow: true };
  if (width < 900) return { width, left: 118, right: width - 88, narrow: false };
  return { width, left: 132, right: width - 112, narrow: false };
}

const heights = (panel: Panel, narrow: boolean): number => {
  switch (panel.kind) {
    case 'shocks':
      return narrow ? 22 : 26;
    case 'stops':
      return 26;
    case 'lane':
      return panel.directed ? (narrow ? 52 : 62) : panel.marks.length ? 34 : 26;
    case 'bars':
      return panel.tall ? 72 : narrow ? 40 : 44;
    case 'curve':
      return panel.tall ? 104 : narrow ? 40 : 44;
    case 'survey':
      return 18;
  }
};

/** How far from the middle of its lane the head of a mark lies, up negative. */
export function reach(mark: Mark, lane: LanePanel, height: number): number {
  if (mark.rise === 'level') return 0;
  const most = (lane.directed ? height / 2 : height * 0.42) - 7;
  const far = most * (0.4 + 0.3 * (mark.height - 1));
  return mark.rise === 'up' ? -far : far;
}

/** Marks known to no more than a season are bars as long as the doubt. */
export const isVague = (mark: Mark): boolean => !mark.exact && mark.to - mark.from > 45;

export function barScale(values: number[], height: number): Scale {
  const most = Math.max(1, ...values);
  // Above the tallest there is room for its figure.
  return (value) => Math.max(1, (value / most) * (height - 17));
}

export function layOut(picture: Picture, width: number, span: Span): Layout {
  const frame = frameOf(width);
  const x = scale(span, frame.left, frame.right);
  const rows: Row[] = [];
  let top = HEADS;
  for (const panel of picture.panels) {
    const height = heights(panel, frame.narrow);
    rows.push({ panel, top, height });
    top += height + (panel.kind === 'lane' ? 0 : panel.kind === 'bars' ? 2 : 4);
  }
  const lanes = rows.filter((row) => row.panel.kind === 'lane' || row.panel.kind === 'bars');
  const through = picture.panels.find((panel): panel is StopPanel => panel.kind === 'stops' && panel.through);
  const layout: Layout = {
    frame, span, x, rows, through, bottom: top, targets: [],
    lanesTop: lanes[0]?.top ?? HEADS,
    lanesBottom: lanes.length ? lanes[lanes.length - 1]!.top + lanes[lanes.length - 1]!.height : top,
  };
  layout.targets = rows.flatMap((row, n) => targetsOf(row, n, layout)).filter((one) => one.at >= span.from && one.at <= span.to);
  return layout;
}

function targetsOf(row: Row, n: number, { x, frame }: Layout): Target[] {
  const { panel, top, height } = row;
  const middle = top + height / 2;
  const target = (kind: Target['kind'], index: number, at: number, y: number, record?: string, place = x(at)): Target => ({
    key: `${n}.${kind}.${index}`, row: n, x: place, y, at, kind, index, ...(record ? { record } : {}),
  });
  switch (panel.kind) {
    case 'lane':
      return panel.marks.map((mark, index) => target('mark', index, (mark.from + mark.to) / 2, middle + reach(mark, panel, height), mark.record));
    case 'shocks':
      return panel.shocks.map((shock, index) => target('shock', index, shock.at, middle, shock.record));
    case 'stops':
      return [
        ...panel.stops.map((stop, index) => target('stop', index, stop.from, middle, stop.record, Math.max(frame.left, x(stop.from)))),
        ...panel.refusals.map((at, index) => target('refusal', index, at, middle)),
        ...panel.uses.map((at, index) => target('use', index, at, middle)),
      ];
    case 'bars':
      return panel.bars.map((bar, index) => target('bar', index, (bar.from + bar.to) / 2, top + height - 8, bar.records[0]));
    case 'curve':
      return panel.points
        .map((point, index) => ({ point, index }))
        .filter(({ point }) => point.value !== undefined)
        .map(({ point, index }) => target('point', index, point.at, top + height * (1 - (point.value! - panel.low) / (panel.high - panel.low))));
    case 'survey':
      return [];
  }
}

/** The thing nearest to the pointer, if one is near. */
export function nearest(targets: Target[], x: number, y: number, near = 14): Target | undefined {
  let best: Target | undefined;
  let least = near * near;
  for (const one of targets) {
    const far = (one.x - x) ** 2 + (one.y - y) ** 2;
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

/** The next thing in the direction of an arrow: along the row by time, or to the nearest in time of another row. */
export function step(targets: Target[], from: Target | undefined, way: 'left' | 'right' | 'up' | 'down'): Target | undefined {
  if (!from) return targets[0];
  if (way === 'left' || way === 'right') {
    const row = targets.filter((one) => one.row === from.row).sort((a, b) => a.at - b.at || a.index - b.index);
    return row[row.findIndex((one) => one.key === from.key) + (way === 'left' ? -1 : 1)] ?? from;
  }
  const rows = [...new Set(targets.map((one) => one.row))].sort((a, b) => a - b);
  const next = rows[rows.indexOf(from.row) + (way === 'up' ? -1 : 1)];
  if (next === undefined) return from;
  const row = targets.filter((one) => one.row === next);
  return row.reduce((a, b) => (Math.abs(b.at - from.at) < Math.abs(a.at - from.at) ? b : a));
}
