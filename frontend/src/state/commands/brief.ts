import { Format } from '../../backend';
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
    run: (app) => app.handout.copy(),
  },
  {
    id: 'copyMarkdown',
    name: 'Copy the brief as Markdown',
    keys: ['Ctrl Shift C'],
    place: 'brief',
    run: (app) => app.handout.copyMarkdown(),
  },
  {
    id: 'saveHTML',
    name: 'Save the brief as a page (HTML)',
    hint: 'save',
    keys: ['Ctrl S'],
    place: 'brief',
    run: (app) => app.handout.save(Format.HTML),
  },
  {
    id: 'savePDF',
    name: 'Save the brief as a PDF',
    keys: ['Ctrl Shift S'],
    place: 'brief',
    run: (app) => app.handout.save(Format.PDF),
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
    run: (app) => app.handout.print(),
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
