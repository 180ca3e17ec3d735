import type { App } from '../app.svelte';
import { nextSeverity, type Ended } from '../listing.svelte';
import { focusItem, pressFocused } from '../walk';
import type { Command } from './command';

const some = (app: App): boolean => !app.declaring && (app.list?.incidents.length ?? 0) > 0;

const turnTo = (app: App, ended: Ended): void =>
  app.listing.want({ ended: app.listing.wanted.ended === ended ? 'all' : ended });

/** About the list. */
export const onList: Command[] = [
  {
    id: 'openIncident',
    name: 'Open the incident',
    hint: 'open',
    keys: ['Enter'],
    place: 'incidents',
    when: (app) => (app.list?.incidents.length ?? 0) > 0,
    silent: true,
    run: pressFocused,
  },
];

/** Which incidents the list shows. */
export const incidents: Command[] = [
  {
    id: 'filter',
    name: 'Search in all incidents',
    hint: 'search',
    keys: ['/'],
    place: 'incidents',
    when: some,
    run: () => focusItem(document.querySelector<HTMLElement>('[data-filter]')),
  },
  {
    id: 'onlyGoing',
    name: 'Only those that go on, or all',
    hint: 'going on',
    keys: ['O'],
    place: 'incidents',
    when: some,
    run: (app) => turnTo(app, 'going'),
  },
  {
    id: 'onlyOver',
    name: 'Only those that are over, or all',
    keys: ['E'],
    place: 'incidents',
    when: some,
    run: (app) => turnTo(app, 'over'),
  },
  {
    id: 'onlyMine',
    name: 'Only mine, or everybody’s',
    hint: 'mine',
    keys: ['M'],
    place: 'incidents',
    when: some,
    run: (app) => app.listing.want({ mine: !app.listing.wanted.mine }),
  },
  {
    id: 'onlySeverity',
    name: 'Only one severity: the next one',
    hint: 'severity',
    keys: ['S'],
    place: 'incidents',
    when: some,
    run: (app) => app.listing.want({ severity: nextSeverity(app.listing.wanted.severity) }),
  },
];
