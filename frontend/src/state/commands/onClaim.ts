import { atOnce, onThing } from './begin';
import type { Command } from './command';

const on = ['claim'];

export const onClaim: Command[] = [
  onThing(
    { id: 'verify', name: 'Verify', hint: 'verify', keys: ['V'], on },
    ({ label }) => `/verify ${label} `,
  ),
  onThing(
    { id: 'refute', name: 'Refute', hint: 'refute', keys: ['Shift V'], on },
    ({ label }) => `/refute ${label} `,
  ),
  onThing(
    { id: 'test', name: 'What would settle it', hint: 'would settle it', keys: ['S'], on },
    ({ label }) => `/test ${label} `,
  ),
  onThing({ id: 'wrong', name: 'Wrong if…', keys: [], on }, ({ label }) => `/wrong ${label} `),
  atOnce(
    { id: 'still', name: 'Still true', keys: ['.'], on, except: ['worklist'] },
    ({ label }) => `/still ${label}`,
  ),
  onThing({ id: 'unsure', name: 'Take back your verdict', keys: [], on }, ({ label }) => `/unsure ${label} `),
  onThing(
    { id: 'withdraw', name: 'Withdraw it as moot', keys: [], on },
    ({ label }) => `/withdraw ${label} `,
  ),
];
