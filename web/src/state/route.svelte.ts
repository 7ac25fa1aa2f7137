// Where one is. The address holds all that a colleague needs to see the same page: place, both clocks, filters, period.
import { useEyesOf } from '../api/client';

class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  constructor() {
    useEyesOf(this.query.get('as') ?? '');
    addEventListener('popstate', () => this.#read());
    document.addEventListener('click', (event) => this.#follow(event));
  }

  get parts(): string[] {
    return this.path.split('/').filter(Boolean).map(decodeURIComponent);
  }

  /** A new page, or the same with another question. */
  go(href: string, { replace = false, keepPlace = false } = {}) {
    const url = new URL(href, location.href);
    const moved = url.pathname !== location.pathname;
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    this.#read();
    if (moved && !keepPlace) {
      scrollTo(0, 0);
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }

  /** Changes parts of the question; empty values leave the address. */
  ask(changes: Record<string, string | string[] | null>, { replace = false } = {}) {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      for (const one of Array.isArray(value) ? value : value ? [value] : []) query.append(name, one);
    }
    const text = query.toString();
    this.go(this.path + (text ? `?${text}` : ''), { replace, keepPlace: true });
  }

  /** An address that keeps the clocks of this page. */
  to(path: string, query: Record<string, string | null | undefined> = {}): string {
    const asked = new URLSearchParams();
    for (const name of ['on', 'as_of', 'as']) {
      const kept = this.query.get(name);
      if (kept) asked.set(name, kept);
    }
    for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value);
    const text = asked.toString();
    return path + (text ? `?${text}` : '');
  }

  #read() {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    useEyesOf(this.query.get('as') ?? '');
  }

  #follow(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement | SVGAElement>('a[href]');
    if (!link || link.getAttribute('target') || link.hasAttribute('download')) return;
    const href = link.getAttribute('href')!;
    if (href.startsWith('#')) return;
    const url = new URL(href, location.href);
    if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
    event.preventDefault();
    this.go(url.href);
    if (url.hash) requestAnimationFrame(() => document.querySelector(url.hash)?.scrollIntoView());
  }
}

export const route = new Route();
