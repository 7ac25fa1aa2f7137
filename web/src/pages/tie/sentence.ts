// What can be said aloud about one tie: the facts of the opening sentence, each with the records behind it.
import type { Episode, FirstBack, Relationship } from '../../api/types';

const TALKING_DAYS = 365;

export interface Facts {
  state: 'talking' | 'silent' | 'none';
  days: number;
  open: Episode[];
  stops: number;
  last: Relationship['last_contacts'][number] | undefined;
  /** The latest stop with a known end, and what came back first after it. */
  mended: { stop: Episode; first: FirstBack } | undefined;
  silence: 'nobody' | 'not_covered' | 'not_released' | 'sample' | 'thin' | undefined;
}

export const isOpen = (stop: Episode): boolean => stop.ended.none !== undefined;

export function factsOf(data: Relationship): Facts {
  const last = data.last_contacts[0];
  const open = data.stops.filter(isOpen);
  const ended = data.stops.filter((stop) => !isOpen(stop) && stop.first_back.length);
  const stop = ended[ended.length - 1];
  return {
    state: !last ? 'none' : last.days_since.low <= TALKING_DAYS ? 'talking' : 'silent',
    days: last?.days_since.low ?? 0,
    open,
    stops: data.stops.length,
    last,
    mended: stop && { stop, first: stop.first_back[0]! },
    silence: silenceOf(data),
  };
}

/** What silence means, by how the latest time was looked at. */
function silenceOf(data: Relationship): Facts['silence'] {
  const latest = data.covered[data.covered.length - 1];
  if (!latest) return 'nobody';
  const kind = latest.kind.replaceAll(' ', '_');
  return kind === 'census' ? undefined : (kind as Facts['silence']);
}
