// One thing read from the API. What was there stays until the new is whole; grey rules show only after 150 ms.
import { address, get, Problem, type Query } from '../api/client';

const PATIENCE = 150;
/** Pages that were read stay for going back, so that a step back shows at once what was there. */
const kept = new Map<string, unknown>();
const KEPT = 12;

export class Resource<T> {
  data = $state.raw<T | undefined>();
  problem = $state.raw<Problem | undefined>();
  /** Waiting for longer than one would not notice. */
  slow = $state(false);
  seconds = $state(0);
  #last = '';
  #abort: AbortController | undefined;

  async load(path: string, query: Query = {}, again = false) {
    const key = address(path, query);
    if (key === this.#last && !again && !this.problem) return;
    const samePage = this.#last.split('?')[0] === key.split('?')[0];
    this.#last = key;
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    if (!samePage) this.data = undefined;
    const before = kept.get(key) as T | undefined;
    if (before !== undefined) this.data = before;
    const began = performance.now();
    const patience = setTimeout(() => (this.slow = true), PATIENCE);
    const clock = setInterval(() => (this.seconds = Math.floor((performance.now() - began) / 1000)), 1000);
    try {
      const data = await get<T>(path, query, abort.signal);
      if (abort.signal.aborted) return;
      kept.set(key, data);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      this.data = data;
      this.problem = undefined;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem({ type: 'about:blank', title: String(error), status: -1 });
    } finally {
      clearTimeout(patience);
      clearInterval(clock);
      if (this.#abort === abort) {
        this.slow = false;
        this.seconds = 0;
      }
    }
  }
}

/** After a change of the record nothing that was read before is shown again. */
export const forget = () => kept.clear();
