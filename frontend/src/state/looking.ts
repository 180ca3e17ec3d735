import type { App } from './app.svelte';
import type { Command } from './commands';
import { ruler, stepped, zoneAt } from './scale';
import { focusItem } from './walk';

/** Looking along the time of an incident, and back to what was known at a moment. */

/** How wide a timeline is taken to be for the step that a key goes: the keys do the same in every window. */
const width = 1100;

/** The moment that is shown: now, or the one that one went back to. */
const shown = (app: App): number => app.travel.at || app.clock.real;

/** One step of the ruler back or on. */
export async function stepTime(app: App, by: 1 | -1): Promise<void> {
  const zone = zoneAt(shown(app));
  await goTo(app, stepped(shown(app), by, ruler(app.span.shown, width, zone).step, zone));
}

/** To the signal, decision or check-in before or after. */
export async function stepMark(app: App, by: 1 | -1): Promise<void> {
  const view = app.timeline;
  if (!view) return;
  const moments = [...view.signals, ...view.decisions, ...view.checkins].map((mark) => mark.at);
  // Times are shown to the minute: a mark of this very moment has been seen.
  const beyond = moments.filter((at) => (at - shown(app)) * by >= 1000);
  if (beyond.length > 0) await goTo(app, by > 0 ? Math.min(...beyond) : Math.max(...beyond));
  else if (by > 0) await app.comeBack();
}

/** To the beginning of the incident. */
export const toBeginning = (app: App): Promise<void> => goTo(app, app.head?.began ?? 0);

async function goTo(app: App, at: number): Promise<void> {
  app.span.hold(at);
  await app.goBackTo(at);
}

function zoom(app: App, by: 'in' | 'out'): void {
  app.span.zoom(by, app.span.pointed || shown(app));
}

function alongToNow(app: App): void {
  app.span.point(0);
  app.span.hold(app.clock.real);
}

export const looking: Command[] = [
  {
    id: 'showNow',
    name: 'Back to now',
    hint: 'now',
    keys: ['N'],
    place: 'incident',
    past: true,
    run: (app) => app.comeBack(),
  },
  {
    id: 'alongToNow',
    name: 'Along to now',
    keys: ['N'],
    place: 'timeline',
    past: false,
    run: alongToNow,
  },
  {
    id: 'whenDecided',
    name: 'What did we know when we decided this?',
    hint: 'what we knew then',
    keys: ['W'],
    place: 'incident',
    on: ['decision'],
    run: (app) => app.subject && app.whenDecided(app.subject),
  },
  {
    id: 'goBackTo',
    name: 'As it was at a moment…',
    keys: ['Shift T'],
    place: 'incident',
    run: (app) => (app.askingWhen = true),
  },
  {
    id: 'openEntry',
    name: 'Open what it is about',
    hint: 'open',
    keys: ['Enter'],
    place: 'timeline',
    silent: true,
    run: () => {
      const el = document.activeElement;
      if (el instanceof HTMLElement && el !== document.body) el.click();
    },
  },
  {
    id: 'stepBack',
    name: 'One step back in time',
    keys: ['Left'],
    place: 'timeline',
    run: (app) => stepTime(app, -1),
  },
  {
    id: 'stepOn',
    name: 'One step on in time',
    hint: 'step',
    keys: ['Right'],
    place: 'timeline',
    when: (app) => app.past,
    run: (app) => stepTime(app, 1),
  },
  {
    id: 'markBack',
    name: 'Back to the signal, decision or check-in before',
    keys: ['Shift Left'],
    place: 'timeline',
    run: (app) => stepMark(app, -1),
  },
  {
    id: 'markOn',
    name: 'On to the next signal, decision or check-in',
    keys: ['Shift Right'],
    place: 'timeline',
    when: (app) => app.past,
    run: (app) => stepMark(app, 1),
  },
  {
    id: 'zoomIn',
    name: 'Show less time, closer',
    hint: 'zoom',
    keys: ['+', '='],
    place: 'timeline',
    run: (app) => zoom(app, 'in'),
  },
  {
    id: 'zoomOut',
    name: 'Show more time',
    keys: ['-'],
    place: 'timeline',
    when: (app) => !app.span.all,
    run: (app) => zoom(app, 'out'),
  },
  {
    id: 'zoomAll',
    name: 'Show all of the time',
    keys: ['0'],
    place: 'timeline',
    when: (app) => !app.span.all,
    run: (app) => app.span.showAll(),
  },
  {
    id: 'filterEntries',
    name: 'Filter what happened',
    hint: 'filter',
    keys: ['/'],
    place: 'timeline',
    run: () => focusItem(document.querySelector<HTMLElement>('[data-filter]')),
  },
];
