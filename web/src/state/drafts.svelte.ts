// Forms that were begun and not saved, kept in this browser alone.
const PREFIX = 'entente.draft.';

export type Draft = Record<string, string[]>;

class Drafts {
  count = $state(0);

  constructor() {
    this.#recount();
  }
  read(name: string): { draft: Draft; at: string } | undefined {
    try {
      const kept = localStorage.getItem(PREFIX + name);
      return kept ? JSON.parse(kept) : undefined;
    } catch {
      return undefined;
    }
  }
  /** When it was kept, or nothing if this browser keeps nothing. */
  keep(name: string, draft: Draft): string | undefined {
    const at = new Date().toISOString();
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify({ draft, at }));
      this.#recount();
      return at;
    } catch {
      return undefined;
    }
  }
  drop(name: string) {
    try {
      localStorage.removeItem(PREFIX + name);
    } catch {
      // There was none.
    }
    this.#recount();
  }
  #recount() {
    try {
      this.count = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).length;
    } catch {
      this.count = 0;
    }
  }
}

export const drafts = new Drafts();
