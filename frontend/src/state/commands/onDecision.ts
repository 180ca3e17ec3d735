import { goesOn, is, onThing } from './begin';
import type { Command } from './command';

const on = ['decision'];

export const onDecision: Command[] = [
  onThing(
    { id: 'why', name: 'Why it was decided', keys: ['Y'], on, except: ['brief'] },
    ({ label }) => `/why ${label} `,
  ),
  onThing(
    { id: 'force', name: 'Put it in force', keys: [], on, when: is('proposed', 'revisit') },
    ({ label }) => `/force ${label} `,
  ),
  onThing(
    { id: 'object', name: 'Object to it', keys: [], on, when: goesOn },
    ({ label }) => `/object ${label} `,
  ),
  onThing(
    { id: 'reverse', name: 'Reverse it', keys: [], on, when: goesOn },
    ({ label }) => `/reverse ${label} `,
  ),
];
