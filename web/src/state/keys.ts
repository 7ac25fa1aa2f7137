// Keys that act on the page. Single letters never act inside a field, and can be turned off.

export type Handler = (event: KeyboardEvent) => void | boolean;

const STORED = 'entente.letters';
const layers: Array<Record<string, Handler>> = [];
let first = '';

export const lettersAct = (): boolean => {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
};
export const letLettersAct = (act: boolean) => {
  try {
    localStorage.setItem(STORED, act ? 'on' : 'off');
  } catch {
    // They stay as they are.
  }
};

/** Keys of a page or a pane, the latest first; the answer takes them away again. Use it as an effect. */
export function keys(handlers: Record<string, Handler>): () => void {
  layers.unshift(handlers);
  return () => {
    const at = layers.indexOf(handlers);
    if (at >= 0) layers.splice(at, 1);
  };
}

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/** The name of what was pressed: `k`, `Ctrl+k`, `Alt+1`, `Enter`, `?`, or `g r` for one after the other. */
export function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mods = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : ''].filter(Boolean);
  return [...mods, key].join('+');
}

function press(event: KeyboardEvent) {
  if (event.isComposing) return;
  const pressed = nameOf(event);
  const single = pressed.length === 1;
  if (single && (inField(event.target) || !lettersAct())) return;
  const chord = first && single ? `${first} ${pressed}` : '';
  first = single && pressed === 'g' ? 'g' : '';
  for (const name of [chord, pressed]) {
    if (!name) continue;
    for (const layer of layers) {
      const act = layer[name];
      if (act && act(event) !== false) {
        event.preventDefault();
        return;
      }
    }
  }
}

if (typeof document !== 'undefined') document.addEventListener('keydown', press);
