// Rows of a list, a page at a time behind a cursor, as far as somebody scrolled. The server does the work; here is only what was read.
import { address, Problem, send } from '../../api/client';
import type { RecordPage, RecordRow } from '../../api/types';
import { asked, type Question } from './question';

const PAGE = 100;
/** Pages grow when somebody pulls the bar far down. */
const LARGE = 1000;

export class Rows {
  items = $state.raw<RecordRow[]>([]);
  columns = $state.raw<RecordPage['columns']>([]);
  total = $state(0);
  loading = $state(false);
  slow = $state(false);
  whole = $state(false);
  problem = $state.raw<Problem | undefined>();
  #next: string | null = '';
  #question: Question | undefined;
  #key = '';
  #abort: AbortController | undefined;
  #wanted = 0;

  async ask(question: Question, again = false) {
    const key = address('/records', asked(question));
    if (key === this.#key && !again) return;
    this.#key = key;
    this.#question = question;
    this.#abort?.abort();
    this.#next = '';
    this.#wanted = PAGE;
    await this.#read(true);
  }

  /** Makes sure of the rows up to this one, as soon as it can. */
  async until(row: number) {
    this.#wanted = Math.max(this.#wanted, Math.min(row, this.total));
    if (!this.loading && this.items.length < this.#wanted && this.#next) await this.#read(false);
  }

  async #read(anew: boolean) {
    const abort = (this.#abort = new AbortController());
    const patience = setTimeout(() => (this.slow = true), 150);
    this.loading = true;
    try {
      do {
        const far = this.#wanted - (anew ? 0 : this.items.length);
        const url = address('/records', { ...asked(this.#question!), limit: far > LARGE ? LARGE : PAGE, after: this.#next });
        const page = (await send<RecordPage>(url, { signal: abort.signal })).body;
        if (abort.signal.aborted) return;
        this.items = anew ? page.items : [...this.items, ...page.items];
        this.columns = page.columns;
        this.total = page.total;
        this.#next = page.next;
        this.whole = page.next === null;
        this.problem = undefined;
        anew = false;
      } while (this.#next && this.items.length < this.#wanted);
    } catch (error) {
      if (abort.signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem({ type: 'about:blank', title: String(error), status: -1 });
      if (anew) [this.items, this.total] = [[], 0];
    } finally {
      clearTimeout(patience);
      if (this.#abort === abort) this.loading = this.slow = false;
    }
  }
}

