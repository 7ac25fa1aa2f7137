// Who one is, whose record this is, and how far it goes. Asked once, and again after signing in or out.
import { get, Problem, useCsrf } from '../api/client';
import { forget } from './resource.svelte';
import type { Session } from '../api/types';

class SessionState {
  now = $state.raw<Session | undefined>();
  problem = $state.raw<Problem | undefined>();
  connected = $state(true);
  /** Entries that came since the page was read; offered, never pushed in. */
  news = $state(0);
  /** Goes up when a person asks to see them. */
  shown = $state(0);

  heard(entries: number) {
    this.news = Math.max(0, entries - (this.now?.entries ?? entries));
  }
  async show() {
    forget();
    await this.load();
    this.news = 0;
    this.shown++;
  }

  async load() {
    try {
      this.now = await get<Session>('/session');
      useCsrf(this.now.csrf ?? '');
      this.problem = undefined;
      this.connected = true;
      this.news = 0;
    } catch (error) {
      this.problem = error as Problem;
      this.connected = !(error instanceof Problem && error.offline);
    }
  }
}

export const session = new SessionState();
