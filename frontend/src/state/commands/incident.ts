import type { Command } from './command';

/** A look at what is selected. */
export const peeks: Command[] = [
  {
    id: 'peek',
    name: 'Peek, as long as it is held',
    keys: ['Space'],
    place: 'incident',
    on: ['thread', 'claim', 'decision', 'action', 'evidence'],
    silent: true,
    run: (app) => app.selected && app.peek(app.selected.id),
  },
];

/** The screens of an incident. */
export const views: Command[] = [
  { id: 'cockpit', name: 'Cockpit', keys: ['1'], place: 'incident', run: (app) => app.show('cockpit') },
  { id: 'claims', name: 'Claims', keys: ['2'], place: 'incident', run: (app) => app.show('claims') },
  { id: 'timeline', name: 'Timeline', keys: ['3'], place: 'incident', run: (app) => app.show('timeline') },
  {
    id: 'decisions',
    name: 'Decisions',
    keys: ['4'],
    place: 'incident',
    run: (app) => app.show('decisions'),
  },
  {
    id: 'updates',
    name: 'Updates to people outside',
    keys: ['8'],
    place: 'incident',
    run: (app) => app.show('updates'),
  },
  {
    id: 'inbox',
    name: 'Inbox: evidence without a place',
    keys: ['7'],
    place: 'incident',
    run: (app) => app.show('inbox'),
  },
  { id: 'people', name: 'People', keys: ['5'], place: 'incident', run: (app) => app.show('people') },
  { id: 'brief', name: 'Brief', keys: ['6'], place: 'incident', run: (app) => app.show('brief') },
  {
    id: 'printBrief',
    name: 'Print the brief',
    keys: ['Ctrl P'],
    place: 'incident',
    except: ['brief'],
    run: (app) => app.handout.print(),
  },
];

/** The menu of what is selected. */
export const menus: Command[] = [
  {
    id: 'menu',
    name: 'What can be done with it',
    keys: ['ContextMenu', 'Shift F10'],
    place: 'incident',
    silent: true,
    when: (app) => app.subject !== undefined,
    run: (app) => app.openMenu('acts'),
  },
];
