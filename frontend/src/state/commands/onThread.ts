import type { Chip } from '../../backend';
import type { App } from '../app.svelte';
import { cardOf, moveBeside } from '../board';
import { atOnce, ends, goesOn, is, onThing } from './begin';
import type { Command } from './command';

const on = ['thread'];

export const onThread: Command[] = [
  onThing(
    {
      id: 'nudge',
      name: 'Nudge its owner',
      hint: 'nudge',
      keys: ['N'],
      on,
      when: goesOn,
      except: ['timeline', 'text', 'drawing'],
    },
    nudge,
  ),
  {
    id: 'move',
    name: 'Move to…',
    hint: 'move to…',
    keys: ['M'],
    except: ['picture', 'text'],
    place: 'incident',
    acts: true,
    on,
    when: goesOn,
    run: (app) => app.openMenu('move'),
  },
  {
    id: 'moveLeft',
    name: 'Move it one column to the left',
    keys: ['Shift Left'],
    place: 'cockpit',
    acts: true,
    silent: true,
    on,
    run: (app) => moveBeside(app, -1),
  },
  {
    id: 'moveRight',
    name: 'Move it one column to the right',
    keys: ['Shift Right'],
    place: 'cockpit',
    acts: true,
    silent: true,
    on,
    run: (app) => moveBeside(app, 1),
  },
  onThing(
    { id: 'wait', name: 'Waiting on…', keys: ['W'], except: ['text'], on, when: goesOn },
    ({ label }) => `/wait ${label} on `,
  ),
  atOnce(
    { id: 'resume', name: 'Go on with it', keys: [], on, when: is('waiting', 'parked', ...ends) },
    ({ label }) => `/resume ${label}`,
  ),
  onThing({ id: 'due', name: 'Next word due…', keys: [], on, when: goesOn }, ({ label }) => `/due ${label} `),
  onThing({ id: 'park', name: 'Park it', keys: [], on, when: goesOn }, ({ label }) => `/park ${label} `),
];

export const deadEnds: Command[] = [
  onThing(
    { id: 'deadEnd', name: 'It led nowhere', keys: [], on, when: goesOn },
    ({ label }) => `/dead ${label} `,
  ),
];

/** Asks the owner for a word, as a question: a note would count as the word that is missing. */
function nudge(chip: Chip, app: App): string {
  const owner = cardOf(app, chip.id)?.owner ?? '';
  return owner === '' ? '/q any word?' : `/q ${owner.split(' ')[0] ?? owner}: any word?`;
}
