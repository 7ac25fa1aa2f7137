// Who one is, whose record this is, and how far it goes. Asked once, and again after signing in or out.
import { get, Problem, useCsrf } from '../api/client';
import type { Session } from '../api/types';

class SessionState {
  now = $state.raw<Session | undefined>();
  problem = $state.raw<Problem | undefined>();
  connected = $state(true);

  async load() {
    try {
      this.now = await get<Session>('/session');
      useCsrf(this.now.csrf ?? '');
      this.problem = undefined;
      this.connected = true;
    } catch (error) {
      this.problem = error as Problem;
      this.connected = !(error instanceof Problem && error.offline);
    }
  }
}

export const session = new SessionState();
