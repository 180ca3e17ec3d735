import { anywhere } from './begin';
import type { Command } from './command';

/** Lines that need nothing selected, and how they are taken back. */
export const lines: Command[] = [
  anywhere({ id: 'log', name: 'Log line', hint: 'log', keys: ['L'] }, ''),
  anywhere({ id: 'newThread', name: 'New thread', hint: 'thread', keys: ['T'] }, '/t '),
  anywhere({ id: 'newClaim', name: 'New claim', hint: 'claim', keys: ['C'] }, '/c ', [
    'thread',
    'action',
    'evidence',
  ]),
  anywhere({ id: 'newDecision', name: 'New decision', hint: 'decision', keys: ['D'] }, '/d ', [
    'thread',
    'claim',
    'action',
    'evidence',
  ]),
  anywhere({ id: 'lead', name: 'Take the lead', keys: [] }, '/lead @me '),
  anywhere({ id: 'scribe', name: 'Somebody is scribe', keys: [] }, '/role scribe @'),
  anywhere({ id: 'comms', name: 'Somebody does comms', keys: [] }, '/role comms @'),
  {
    id: 'undo',
    name: 'Undo your last step',
    keys: ['Ctrl Z'],
    place: 'incident',
    acts: true,
    run: (app) => app.acts.undo(),
  },
  {
    id: 'redo',
    name: 'Redo it',
    keys: ['Ctrl Shift Z'],
    place: 'incident',
    acts: true,
    run: (app) => app.acts.redo(),
  },
];
