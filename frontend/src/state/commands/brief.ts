import { pressFocused } from '../walk';
import { opening } from './begin';
import type { Command } from './command';

/** About its sentences. */
export const onBrief: Command[] = [
  {
    id: 'openSource',
    name: 'Open the source of the sentence',
    hint: 'source',
    keys: ['Enter'],
    place: 'brief',
    silent: true,
    run: pressFocused,
  },
];

/** What is done with it as a whole. */
export const brief: Command[] = [
  {
    id: 'copy',
    name: 'Copy the brief as text',
    hint: 'copy',
    keys: ['Y'],
    place: 'brief',
    run: (app) => app.copyBrief(),
  },
  {
    id: 'askAbout',
    name: 'Ask about the sentence',
    hint: 'ask',
    keys: ['Shift D'],
    place: 'brief',
    acts: true,
    opens: (_, chip) => opening('askAbout', chip, '/q '),
    run: (app) => app.askAbout(),
  },
  {
    id: 'print',
    name: 'Print the brief',
    hint: 'print',
    keys: ['Ctrl P', 'P'],
    place: 'brief',
    run: () => print(),
  },
  {
    id: 'rewrite',
    name: 'Write the brief again',
    hint: 'write again',
    keys: ['R'],
    place: 'brief',
    run: (app) => app.reread(),
  },
];
