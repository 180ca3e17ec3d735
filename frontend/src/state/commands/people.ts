import type { Chip } from '../../backend';
import type { App } from '../app.svelte';
import { anywhere, onThing } from './begin';
import type { Command } from './command';

const reads = (app: App): boolean => app.head?.me.state === 'reading_in';
const ready = (app: App): unknown => app.acts.lines('', '/ready');
const line = (app: App): string => app.people.line?.kind ?? '';

/** How a line names a person. */
const at = ({ name }: Chip): string => `@${name.replaceAll(' ', '')}`;

const on = ['responder'];

/** What is done with a person. */
export const onPerson: Command[] = [
  onThing(
    { id: 'askPerson', name: 'Ask them', hint: 'ask', keys: ['A'], except: ['drawing'], on },
    ({ name }) => `/q ${name.split(' ')[0] ?? name}: `,
  ),
  onThing(
    { id: 'handTo', name: 'Hand them a thread or an action', hint: 'hand work', keys: ['O'], on },
    (chip) => ({
      text: `/owner  ${at(chip)}`,
      caret: '/owner '.length,
    }),
  ),
  onThing(
    { id: 'roleTo', name: 'Give them a role', hint: 'role', keys: ['R'], except: ['brief'], on },
    (chip) => ({ text: `/role  ${at(chip)}`, caret: '/role '.length }),
  ),
  onThing({ id: 'releaseOf', name: 'They give up a role', keys: [], on }, (chip) => ({
    text: `/release  ${at(chip)}`,
    caret: '/release '.length,
  })),
  onThing(
    { id: 'leadTo', name: 'Hand them the lead', hint: 'hand the lead', keys: ['H'], place: 'people', on },
    (chip) => `/handover ${at(chip)}`,
  ),
  onThing({ id: 'leaves', name: 'They left', keys: [], on }, (chip) => `/leave ${at(chip)}`),
];

/** What concerns the reader among the people. */
export const people: Command[] = [
  {
    id: 'join',
    name: 'Join; while you read in: I’m ready',
    keys: ['Shift J'],
    place: 'incident',
    except: ['text'],
    acts: true,
    run: (app) => (reads(app) ? ready(app) : (app.people.joining = true)),
  },
  {
    id: 'ready',
    name: 'I’m ready: I have read in',
    keys: [],
    place: 'incident',
    acts: true,
    when: reads,
    run: ready,
  },
  {
    id: 'aboutMe',
    name: 'Say more of yourself: what you can help with, skills',
    keys: [],
    place: 'incident',
    acts: true,
    when: (app) => app.head?.me.state !== '',
    run: (app) => (app.people.joining = true),
  },
  {
    id: 'changes',
    name: 'What changed since you left',
    keys: ['Shift Q'],
    place: 'incident',
    past: false,
    run: (app) => app.people.changes(),
  },
  {
    id: 'leadStep',
    name: 'The lead: the next step of handing it over',
    keys: ['Shift K'],
    place: 'incident',
    except: ['evidence', 'text'],
    acts: true,
    run: (app) => app.people.step(),
  },
  {
    id: 'handoverOff',
    name: 'The handover of the lead: decline it, or withdraw it',
    keys: [],
    place: 'incident',
    acts: true,
    when: (app) => (app.head?.me.off ?? '') !== '',
    run: (app) => app.people.handoverOff(),
  },
  {
    id: 'yield',
    name: 'Yield: give up the lead',
    keys: [],
    place: 'incident',
    acts: true,
    when: (app) => app.head?.leading === true,
    run: (app) => app.acts.lines('', '/release lead @me'),
  },
  anywhere({ id: 'deputy', name: 'Somebody is deputy', keys: [] }, '/role deputy @'),
  anywhere({ id: 'release', name: 'Give up a role', keys: [] }, '/release '),
  anywhere({ id: 'readback', name: 'Read back what you understand', keys: [] }, '/readback '),
  anywhere({ id: 'handover', name: 'Hand the lead over', keys: [] }, '/handover @'),
  {
    id: 'goOff',
    name: 'Leave the incident: I’m off',
    keys: [],
    place: 'incident',
    acts: true,
    when: (app) => ['active', 'reading_in'].includes(app.head?.me.state ?? ''),
    run: (app) => app.acts.lines('', '/leave'),
  },
  {
    id: 'putOffLine',
    name: 'Put off what the line over the screen says',
    keys: ['Shift Z'],
    place: 'incident',
    past: false,
    when: (app) => line(app) !== '' && line(app) !== 'reading',
    run: (app) => app.people.putOff(),
  },
];
