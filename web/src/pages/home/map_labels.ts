// Names on the map that do not lie on each other: the largest states first, moved a little where there is no room.
const LINE = 13;
const LETTER = 6.2;

interface Place {
  code: string;
  label: string;
  at: [number, number];
  d: string;
}
export interface Label {
  code: string;
  label: string;
  x: number;
  y: number;
}

const moves: Array<[number, number]> = [[0, 0], [0, 14], [0, -14], [28, 10], [-28, 10], [28, -10], [-28, -10], [0, 26], [0, -26]];

export function labelled(places: Place[]): Label[] {
  const set: Array<{ left: number; right: number; top: number; bottom: number }> = [];
  const out: Label[] = [];
  for (const one of [...places].sort((a, b) => b.d.length - a.d.length)) {
    const wide = (one.label.length * LETTER) / 2 + 2;
    for (const [dx, dy] of moves) {
      const x = one.at[0] + dx;
      const y = one.at[1] + dy + 4;
      const box = { left: x - wide, right: x + wide, top: y - LINE, bottom: y + 2 };
      if (set.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
      set.push(box);
      out.push({ code: one.code, label: one.label, x, y });
      break;
    }
  }
  return out;
}
