import type { App } from './app.svelte';
import { ruler, stepped, zoneAt } from './scale';

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

export function zoom(app: App, by: 'in' | 'out'): void {
  app.span.zoom(by, app.span.pointed || shown(app));
}

export function alongToNow(app: App): void {
  app.span.point(0);
  app.span.hold(app.clock.real);
}
