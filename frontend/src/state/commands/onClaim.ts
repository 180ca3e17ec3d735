import type { Chip, ClaimRow } from '../../backend';
import type { App } from '../app.svelte';
import { atOnce, onThing } from './begin';
import type { Command } from './command';

const on = ['claim'];

/** A claim as a screen has it, if one has. */
function rowOf(app: App, { id }: Chip): ClaimRow | undefined {
  if (app.thing?.claim?.id === id) return app.thing.claim;
  const groups = [...(app.claims?.groups ?? []), ...(app.cockpit?.beliefs ?? [])];
  const rows = [...groups.flatMap((group) => group.claims), ...(app.cockpit?.bearing ?? [])];
  return rows.find((claim) => claim.id === id);
}

/** The result of the test that was recorded last, as the reason of a verdict on what it tested. */
const result = (app: App, { id }: Chip): string =>
  app.acts.tested?.claim.id === id ? app.acts.tested.result : '';

/** An action that puts the claim to the test: whose, and in what time, is typed. */
function trial(chip: Chip, app: App): { text: string; caret: number } {
  const asked = app.grounds.review?.claims.find((row) => row.chip.id === chip.id);
  const test = rowOf(app, chip)?.test ?? asked?.test ?? '';
  return { text: `/a @ 10m ${test || 'check'}, tests ${chip.label}`, caret: '/a @'.length };
}

/** Evidence that says something about the claim: the line has that in it, and what it shows is still to be typed. */
const evidence = (id: string, name: string, key: string, side: string): Command =>
  onThing({ id, name, keys: [`E ${key}`], on, except: ['evidence'] }, ({ label }) => ({
    text: `/e  ${side} ${label}`,
    caret: 3,
  }));

/** The keys of these follow that of the first, in the menu that it opens. */
export const sides = ['evidenceFor', 'evidenceAgainst', 'evidenceNeutral'];

export const onClaim: Command[] = [
  {
    id: 'evidenceOn',
    name: 'Evidence: for it, against it, or neither',
    hint: 'evidence',
    keys: ['E'],
    place: 'incident',
    except: ['evidence'],
    on,
    acts: true,
    run: (app) => app.openMenu('evidence'),
  },
  evidence('evidenceFor', 'Evidence for it', 'F', 'for'),
  evidence('evidenceAgainst', 'Evidence against it', 'G', 'against'),
  evidence('evidenceNeutral', 'Evidence that tells nothing about it', 'N', 'neutral'),
  onThing(
    { id: 'verify', name: 'Verify', hint: 'verify', keys: ['V'], on },
    (chip, app) => `/verify ${chip.label} ${result(app, chip)}`,
  ),
  onThing(
    { id: 'refute', name: 'Refute', hint: 'refute', keys: ['Shift V'], on },
    (chip, app) => `/refute ${chip.label} ${result(app, chip)}`,
  ),
  onThing(
    {
      id: 'rule',
      name: 'Rule on it, as the lead',
      hint: 'rule',
      keys: ['!'],
      on,
      when: (app) => app.head?.leading === true,
    },
    ({ label }) => `/rule ${label} `,
  ),
  onThing(
    {
      id: 'test',
      name: 'What would settle it',
      hint: 'would settle it',
      keys: ['S'],
      on,
      except: ['checkin'],
    },
    ({ label }) => `/test ${label} `,
  ),
  onThing(
    {
      id: 'trial',
      name: 'Have it tested: the test becomes an action',
      hint: 'have it tested',
      keys: ['A'],
      on,
      except: ['drawing'],
    },
    trial,
  ),
  onThing(
    { id: 'wrong', name: 'Wrong if…', hint: 'wrong if', keys: ['W'], on, except: ['text'] },
    ({ label }) => `/wrong ${label} `,
  ),
  atOnce(
    { id: 'still', name: 'Still true', hint: 'still true', keys: ['.'], on, except: ['worklist', 'checkin'] },
    ({ label }) => `/still ${label}`,
  ),
  onThing({ id: 'linkTo', name: 'Link evidence to it', keys: ['Shift L'], on }, ({ label }) => ({
    text: `/link  for ${label}`,
    caret: '/link '.length,
  })),
  onThing(
    { id: 'onIt', name: 'Say what rests on it', hint: 'rests on it', keys: ['Shift U'], on },
    ({ label }) => ({
      text: `/basis  on ${label}`,
      caret: '/basis '.length,
    }),
  ),
  atOnce(
    { id: 'onNothing', name: 'It rests on nothing', keys: [], on },
    ({ label }) => `/basis ${label} on nothing`,
  ),
  atOnce(
    { id: 'nothingOnIt', name: 'Nothing rests on it', keys: [], on },
    ({ label }) => `/basis nothing on ${label}`,
  ),
  onThing(
    { id: 'notOn', name: 'It no longer rests on…', keys: [], on },
    ({ label }) => `/basis ${label} not on `,
  ),
  atOnce({ id: 'doubt', name: 'Back to an assumption', keys: [], on }, ({ label }) => `/doubt ${label}`),
  onThing({ id: 'unsure', name: 'Take back your verdict', keys: [], on }, ({ label }) => `/unsure ${label} `),
  onThing(
    { id: 'withdraw', name: 'Withdraw it as moot', keys: [], on },
    ({ label }) => `/withdraw ${label} `,
  ),
];
