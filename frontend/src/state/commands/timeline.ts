import { alongToNow, stepMark, stepTime, zoom } from '../looking';
import { focusItem, pressFocused } from '../walk';
import type { Command } from './command';

/** Along the time of an incident. */
export const timeline: Command[] = [
  {
    id: 'alongToNow',
    name: 'Along to now',
    keys: ['N'],
    place: 'timeline',
    past: false,
    run: alongToNow,
  },
  {
    id: 'openEntry',
    name: 'Open what it is about',
    hint: 'open',
    keys: ['Enter'],
    place: 'timeline',
    silent: true,
    run: pressFocused,
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
