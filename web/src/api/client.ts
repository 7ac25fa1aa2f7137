// The only door to the API. Whatever goes wrong comes out as problem details, also when no answer came at all.
import type { ProblemDetails } from './types';

export class Problem extends Error {
  constructor(readonly details: ProblemDetails) {
    super(details.title);
  }
  get offline() {
    return this.details.status === 0;
  }
}

export type Query = Record<string, string | number | boolean | string[] | null | undefined>;

let csrf = '';
export const useCsrf = (token: string) => {
  csrf = token;
};

/** As whom the record is read: nobody else, or a partner by the labels that records carry. */
let readAs = '';
export const useEyesOf = (code: string) => {
  readAs = code;
};

export function address(path: string, query: Query = {}): string {
  const asked = new URLSearchParams();
  // Whatever depends on the state of the record takes `as_of`, and depends on who reads it, too.
  if (readAs && 'as_of' in query) asked.set('as', readAs);
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '' || value === false) continue;
    for (const one of Array.isArray(value) ? value : [String(value)]) asked.append(name, one);
  }
  const text = asked.toString();
  return `/api${path}${text ? `?${text}` : ''}`;
}

/** What happens when the program no longer knows who asks. */
let signedOut = () => {};
export const whenSignedOut = (act: () => void) => {
  signedOut = act;
};

interface Sent {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** A file as it is, in place of a body. */
  bytes?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  etag: string | null;
}

async function problemOf(answer: Response): Promise<Problem> {
  const fallback = { type: 'about:blank', title: answer.statusText || `Status ${answer.status}`, status: answer.status };
  try {
    const wait = Number(answer.headers.get('Retry-After'));
    return new Problem({ ...fallback, ...(await answer.json()), ...(wait ? { wait } : {}) });
  } catch {
    return new Problem(fallback);
  }
}

export async function send<T>(url: string, { method = 'GET', body, bytes, headers = {}, signal }: Sent = {}): Promise<Answer<T>> {
  const all: Record<string, string> = { Accept: 'application/json', ...headers };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  if (bytes) all['Content-Type'] = 'application/octet-stream';
  if (method !== 'GET') all['X-CSRF'] = csrf || 'none';
  let answer: Response;
  try {
    answer = await fetch(url, { method, headers: all, body: bytes ?? (body === undefined ? null : JSON.stringify(body)), signal: signal ?? null });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem({ type: 'about:blank', title: 'No connection', status: 0 });
  }
  if (answer.status === 401 && !(method === 'POST' && url === '/api/session')) signedOut();
  if (!answer.ok) throw await problemOf(answer);
  return { body: answer.status === 204 ? (undefined as T) : ((await answer.json()) as T), etag: answer.headers.get('ETag') };
}

export const get = async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  (await send<T>(address(path, query), signal ? { signal } : {})).body;
