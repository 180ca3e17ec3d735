import { atOnce, goesOn, is, onThing } from './begin';
import type { Command } from './command';

const on = ['action'];

export const onAction: Command[] = [
  atOnce(
    { id: 'start', name: 'Start it', keys: [], on, when: is('proposed', 'assigned', 'blocked') },
    ({ label }) => `/start ${label}`,
  ),
  onThing(
    { id: 'block', name: 'It is blocked…', keys: [], on, when: goesOn },
    ({ label }) => `/block ${label} `,
  ),
  onThing({ id: 'fail', name: 'It failed…', keys: [], on, when: goesOn }, ({ label }) => `/fail ${label} `),
  onThing({ id: 'drop', name: 'Drop it…', keys: [], on, when: goesOn }, ({ label }) => `/drop ${label} `),
];
