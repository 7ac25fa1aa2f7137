// What was entered last, so that `=` in a field means the same again.
import type { Draft } from '../../state/drafts.svelte';

const PREFIX = 'entente.last.';

export function lastEntry(type: string): Draft {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + type) ?? '{}');
  } catch {
    return {};
  }
}

export function rememberEntry(type: string, draft: Draft) {
  try {
    localStorage.setItem(PREFIX + type, JSON.stringify(draft));
  } catch {
    // Then `=` means nothing.
  }
}
