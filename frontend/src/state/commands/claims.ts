import { pressFocused } from '../walk';
import type { Command } from './command';

export const claims: Command[] = [
  {
    id: 'openClaim',
    name: 'Go into the claim',
    hint: 'its evidence',
    keys: ['Enter'],
    place: 'claims',
    silent: true,
    run: pressFocused,
  },
];
