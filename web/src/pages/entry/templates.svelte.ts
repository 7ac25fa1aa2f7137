// Forms worth beginning with again, kept in this browser under a name.
import type { Draft } from '../../state/drafts.svelte';

const PREFIX = 'entente.template.';

export interface Template {
  name: string;
  draft: Draft;
}

export function templatesOf(type: string): Template[] {
  try {
    const prefix = `${PREFIX}${type}.`;
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .sort()
      .map((key) => ({ name: key.slice(prefix.length), draft: JSON.parse(localStorage.getItem(key)!) }));
  } catch {
    return [];
  }
}

/** Keeps what is the same each time: all but the days and what was noted of the one time. */
export function keepTemplate(type: string, name: string, draft: Draft, daily: string[]) {
  try {
    const kept = Object.fromEntries(Object.entries(draft).filter(([field]) => !daily.includes(field)));
    localStorage.setItem(`${PREFIX}${type}.${name}`, JSON.stringify(kept));
  } catch {
    // This browser keeps nothing.
  }
}

export function dropTemplate(type: string, name: string) {
  try {
    localStorage.removeItem(`${PREFIX}${type}.${name}`);
  } catch {
    // There was none.
  }
}
