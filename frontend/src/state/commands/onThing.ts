import type { Command } from './command';
import { goesOn, atOnce, onThing } from './begin';

/** What is done to things of several kinds, most often. */
export const first: Command[] = [
  onThing(
    {
      id: 'update',
      name: 'Update',
      hint: 'update',
      keys: ['U'],
      on: ['thread', 'action'],
      except: ['checkin', 'updates'],
    },
    () => '',
  ),
  onThing(
    {
      id: 'evidence',
      name: 'Evidence',
      hint: 'evidence',
      keys: ['E'],
      on: ['thread'],
      except: ['evidence'],
    },
    () => '/e ',
  ),
  onThing(
    {
      id: 'action',
      name: 'Action',
      hint: 'action',
      keys: ['A'],
      except: ['drawing'],
      on: ['thread', 'decision'],
    },
    () => '/a ',
  ),
  onThing(
    {
      id: 'owner',
      name: 'Owner: hand it to…',
      hint: 'owner',
      keys: ['O'],
      on: ['thread', 'action'],
      when: goesOn,
      except: ['worklist'],
    },
    ({ label }) => `/owner ${label} @`,
  ),
  atOnce(
    { id: 'take', name: 'Take it yourself', keys: ['Shift O'], on: ['thread', 'action'], when: goesOn },
    ({ label }) => `/take ${label}`,
  ),
];

/** … and less often. */
export const rest: Command[] = [
  onThing(
    {
      id: 'basis',
      name: 'What it rests on',
      keys: ['R'],
      on: ['thread', 'claim', 'decision', 'action'],
      except: ['brief', 'worklist'],
    },
    ({ label }) => `/basis ${label} on `,
  ),
  onThing(
    { id: 'rename', name: 'Reword it', keys: [], on: ['thread', 'claim', 'decision'] },
    ({ label, name }) => `/rename ${label} ${name}`,
  ),
  onThing(
    { id: 'answer', name: 'Answer it', keys: ['A'], except: ['drawing'], on: ['question'] },
    ({ label }) => `/answer ${label} `,
  ),
];

/** What ends them. */
export const ending: Command[] = [
  onThing(
    { id: 'close', name: 'Done', keys: ['Q'], on: ['thread', 'action'], when: goesOn, except: ['checkin'] },
    ({ label }) => `/done ${label} `,
  ),
];
