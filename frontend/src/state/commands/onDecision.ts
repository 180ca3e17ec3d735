import { wallClock } from '../../parts/format';
import type { App } from '../app.svelte';
import { goesOn, is, onThing, opening } from './begin';
import type { Command } from './command';

const on = ['decision'];
const except: Command['except'] = ['checkin'];
const pollFor = 10 * 60_000;

/** Whether somebody objects to the decision that is selected, as far as the screen of decisions shows. */
const objected = (app: App): boolean =>
  (app.decisions?.groups ?? []).some((group) =>
    group.rows.some((row) => row.chip.id === app.subject?.id && row.objected),
  );

export const onDecision: Command[] = [
  onThing(
    { id: 'why', name: 'Why it was decided', hint: 'why', keys: ['Y'], on, except: ['brief'] },
    ({ label }) => `/why ${label} `,
  ),
  {
    ...onThing(
      { id: 'force', name: 'Put it in force', hint: 'in force', keys: ['F'], on, except: ['evidence'] },
      ({ label }) => `/force ${label} `,
    ),
    when: is('proposed', 'revisit'),
    run: (app) => {
      if (!app.subject) return undefined;
      const line = `/force ${app.subject.label}`;
      // Against an objection it goes on for a reason.
      if (objected(app)) return app.acts.compose(opening('force', app.subject, `${line} `));
      return app.acts.lines(app.subject.id, line);
    },
  },
  onThing(
    {
      id: 'object',
      name: 'Object to it',
      hint: 'object',
      keys: ['O'],
      on,
      when: goesOn,
      except: ['worklist'],
    },
    ({ label }) => `/object ${label} `,
  ),
  onThing(
    {
      id: 'revisit',
      name: 'It is to be looked at again',
      hint: 'look again',
      keys: ['V'],
      on,
      when: is('in_force'),
    },
    ({ label }) => `/revisit ${label} `,
  ),
  onThing(
    { id: 'supersede', name: 'Another decision takes its place', keys: ['S'], on, when: goesOn, except },
    ({ label }) => `/supersede ${label} by `,
  ),
  onThing(
    { id: 'reverse', name: 'Reverse it', hint: 'reverse', keys: ['Q'], on, when: goesOn, except },
    ({ label }) => `/reverse ${label} `,
  ),
];

/** The screen of decisions. */
export const decisions: Command[] = [
  {
    id: 'poll',
    name: 'Propose, and ask for strong objections',
    hint: 'ask for objections',
    keys: ['P'],
    place: 'decisions',
    acts: true,
    run: (app) =>
      app.acts.compose({
        name: 'poll',
        text: `/d?  mode: no objection by ${wallClock(app.clock.now + pollFor).slice(0, 5)}`,
        caret: 4,
      }),
  },
];
