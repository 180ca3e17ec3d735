import type { Command } from './command';

/** What people outside were told, and are told next. */
export const updates: Command[] = [
  {
    id: 'writeUpdate',
    name: 'Keep what is told to this audience',
    hint: 'keep what is sent',
    keys: ['U'],
    place: 'updates',
    acts: true,
    run: (app) => app.outside.write(),
  },
  {
    id: 'copyUpdate',
    name: 'Copy its text',
    hint: 'copy',
    keys: ['Shift C'],
    place: 'updates',
    run: (app) => app.outside.copy(),
  },
  {
    id: 'correct',
    name: 'Correct it',
    hint: 'correct',
    keys: ['X'],
    place: 'updates',
    acts: true,
    when: (app) => app.outside.chosen?.correct !== undefined && app.outside.chosen.correct !== '',
    run: (app) => app.outside.correct(),
  },
];
