import { anywhere, atOnce, onThing } from './begin';
import type { Command } from './command';

/** What is asked about evidence that was just dropped or pasted: one key each. */
export const fresh: Command[] = [
  {
    id: 'tookFor',
    name: 'What was taken in speaks for the claim',
    keys: ['F'],
    place: 'took',
    acts: true,
    when: (app) => app.intake.claim !== undefined,
    run: (app) => app.intake.side('supports'),
  },
  {
    id: 'tookAgainst',
    name: 'What was taken in speaks against the claim',
    keys: ['G'],
    place: 'took',
    acts: true,
    when: (app) => app.intake.claim !== undefined,
    run: (app) => app.intake.side('contradicts'),
  },
  {
    id: 'tookNeutral',
    name: 'What was taken in tells nothing about the claim',
    keys: ['N'],
    place: 'took',
    acts: true,
    when: (app) => app.intake.claim !== undefined,
    run: (app) => app.intake.side('neutral'),
  },
  {
    id: 'tookLink',
    name: 'Link what was taken in to a claim',
    keys: ['R'],
    place: 'took',
    acts: true,
    when: (app) => app.intake.homeless !== undefined,
    run: (app) => {
      const chip = app.intake.homeless;
      if (chip) app.acts.compose({ name: 'link', about: chip, text: `/link ${chip.label} for ` });
    },
  },
  {
    id: 'tookFile',
    name: 'Put what was taken in on a thread',
    keys: ['M'],
    place: 'took',
    acts: true,
    when: (app) => app.intake.homeless !== undefined,
    run: (app) => {
      const chip = app.intake.homeless;
      if (chip) app.acts.compose({ name: 'inboxThread', about: chip, text: `/file ${chip.label} on ` });
    },
  },
  {
    id: 'tookSeen',
    name: 'Let go of what was said about it',
    keys: ['Esc'],
    place: 'took',
    when: (app) => app.intake.took !== undefined,
    run: (app) => app.intake.dismiss(),
  },
];

/** What is done with the evidence of the inbox. */
export const inbox: Command[] = [
  onThing(
    { id: 'inboxFor', name: 'It speaks for…', hint: 'for', keys: ['F'], on: ['evidence'], place: 'inbox' },
    ({ label }) => `/link ${label} for `,
  ),
  onThing(
    {
      id: 'inboxAgainst',
      name: 'It speaks against…',
      hint: 'against',
      keys: ['G'],
      on: ['evidence'],
      place: 'inbox',
    },
    ({ label }) => `/link ${label} against `,
  ),
  onThing(
    {
      id: 'inboxNeutral',
      name: 'It tells nothing about…',
      hint: 'neutral',
      keys: ['N'],
      on: ['evidence'],
      place: 'inbox',
    },
    ({ label }) => `/link ${label} neutral `,
  ),
  onThing(
    {
      id: 'inboxThread',
      name: 'Put it on a thread',
      hint: 'thread',
      keys: ['M'],
      on: ['evidence'],
      place: 'inbox',
    },
    ({ label }) => `/file ${label} on `,
  ),
  atOnce(
    {
      id: 'inboxNowhere',
      name: 'Looked at: it belongs nowhere',
      hint: 'belongs nowhere',
      keys: ['.'],
      on: ['evidence'],
      place: 'inbox',
    },
    ({ label }) => `/file ${label}`,
  ),
];

/** How evidence comes in other than by being dropped or pasted. */
export const takeIn: Command[] = [
  anywhere({ id: 'newEvidence', name: 'Evidence in words, or a link', keys: [] }, '/e ', ['thread']),
  {
    id: 'choose',
    name: 'Add files as evidence',
    keys: ['Ctrl O'],
    place: 'incident',
    acts: true,
    run: (app) => app.intake.choose(),
  },
];
