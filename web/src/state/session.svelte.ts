// Who one is, whose record this is, and how far it goes. Asked once, and again after signing in or out.
import { get, Problem, useCsrf, whenSignedOut } from '../api/client';
import { hear } from './events';
import { forget } from './resource.svelte';
import type { Role, Session } from '../api/types';

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

  /** Nobody is known, and somebody must be. */
  get mustSignIn() {
    return this.now !== undefined && !this.now.account && !this.now.demonstration;
  }
  may(...roles: Role[]) {
    return roles.some((one) => this.now?.may_act_as.includes(one));
  }
  get writes() {
    return this.may('officer', 'approver') && !this.now?.account?.nation;
  }

  /** What a sign-in, a sign-out or the set-up answered. */
  use(now: Session) {
    this.now = now;
    useCsrf(now.csrf);
    this.news = 0;
    forget();
    hear(!this.mustSignIn, true);
  }

  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }
  #loading: Promise<void> | undefined;
  async #load() {
    try {
      this.now = await get<Session>('/session');
      useCsrf(this.now.csrf);
      hear(!this.mustSignIn);
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
// The session ended: the sign-in page stands where the page was, at the same address.
whenSignedOut(() => void (forget(), session.load()));
