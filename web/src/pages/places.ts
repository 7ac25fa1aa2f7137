// Which page an address shows. A page is loaded when one goes there; the home page comes with the app.
import type { Component } from 'svelte';

export type Place = 'relationships' | 'engagements' | 'calendar' | 'people' | 'import' | 'record' | 'none';

interface Page {
  place: Place;
  /** Pages with the same key keep their state while the address changes. */
  key: string;
  values: Record<string, unknown>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  load: () => Promise<{ default: Component<any> }>;
}

const page = (place: Place, key: string, load: Page['load'], values: Record<string, unknown> = {}): Page => ({ place, key, load, values });

export function pageOf(parts: string[]): Page {
  const [first = '', second = '', third = '', fourth = ''] = parts;
  const upper = (code: string) => code.toUpperCase();
  switch (first) {
    case '':
      return page('relationships', 'home', () => import('./home/HomePage.svelte'));
    case 'r':
      if (second && third && fourth)
        return page('relationships', `measure ${second} ${third} ${fourth}`, () => import('./measure/MeasurePage.svelte'), { a: upper(second), b: upper(third), name: fourth });
      if (second && third)
        return page('relationships', `tie ${second} ${third}`, () => import('./tie/TiePage.svelte'), { a: upper(second), b: upper(third) });
      break;
    case 'records':
      if (!second) break;
      if (third === 'correct') return page('engagements', `correct ${second}`, () => import('./entry/EntryPage.svelte'), { correct: second });
      return page('engagements', `record ${second}`, () => import('./record/RecordPage.svelte'), { id: second });
    case 'search':
      return page('none', 'search', () => import('./search/SearchPage.svelte'));
    case 'calendar':
      return page('calendar', 'calendar', () => import('./calendar/CalendarPage.svelte'));
    case 'people':
      return page('people', 'people', () => import('./people/PeoplePage.svelte'));
    case 'names':
      return page('people', 'names', () => import('./names/NamesPage.svelte'));
    case 'import':
      return page('import', 'import', () => import('./import/ImportPage.svelte'));
    case 'record':
      return page('record', 'record', () => import('./log/RecordPlacePage.svelte'));
    case 'sign-in':
      return page('none', 'sign-in', () => import('./account/SignInPage.svelte'));
    case 'set-up':
      return page('none', 'set-up', () => import('./account/SetUpPage.svelte'));
    case 'accounts':
      return page('none', 'accounts', () => import('./account/AccountsPage.svelte'));
    case 'access-log':
      return page('none', 'access-log', () => import('./account/AccessLogPage.svelte'));
    case 'account':
      return page('none', 'account', () => import('./account/AccountPage.svelte'));
    case 'more':
      return page('record', 'more', () => import('./account/MorePage.svelte'));
    case 'new':
      return page('engagements', `new ${second}`, () => import('./entry/EntryPage.svelte'), { type: second || 'engagement' });
    case 'engagements':
      return page('engagements', 'list', () => import('./engagements/ListPage.svelte'));
  }
  return page('none', 'none', () => import('./NotFound.svelte'));
}
