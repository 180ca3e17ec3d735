import { onThing } from './begin';
import type { Command } from './command';

export const onEvidence: Command[] = [
  onThing(
    {
      id: 'link',
      name: 'Link it to a claim',
      hint: 'link',
      keys: ['R'],
      on: ['evidence'],
      except: ['brief'],
    },
    ({ label }) => `/link ${label} for `,
  ),
  onThing(
    { id: 'strike', name: 'Strike it', keys: [], on: ['evidence', 'note'] },
    ({ label }) => `/strike ${label} `,
  ),
];
