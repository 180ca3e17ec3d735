import { pressFocused } from '../walk';
import type { Command } from './command';

export const thread: Command[] = [
  {
    id: 'openOnPage',
    name: 'Open what is selected',
    hint: 'open',
    keys: ['Enter'],
    place: 'thread',
    silent: true,
    run: pressFocused,
  },
];
