// What the server tells by itself: that entries came, and how far long tasks are. One stream for the whole page.
type Hear = (data: unknown) => void;

const heard = new Map<string, Set<Hear>>();
let source: EventSource | undefined;
let allowed = false;

function open() {
  if (!allowed || source || typeof EventSource === 'undefined') return;
  source = new EventSource('/api/events');
  for (const name of ['news', 'task'])
    source.addEventListener(name, (event) => {
      const data = JSON.parse((event as MessageEvent<string>).data);
      for (const hear of heard.get(name) ?? []) hear(data);
    });
}

/** Calls back for each event of this name, until what it returns is called. */
export function listen(name: 'news' | 'task', hear: Hear): () => void {
  const all = heard.get(name) ?? new Set();
  heard.set(name, all.add(hear));
  open();
  return () => void all.delete(hear);
}

/** Opens the stream for whom the program knows, and closes it for whom it does not: a refusal would be a line in its log. */
export function hear(known: boolean, afresh = false) {
  allowed = known;
  if (!known || afresh) {
    source?.close();
    source = undefined;
  }
  if (heard.size) open();
}
