import type { App } from '../app.svelte';
import type { Command } from './command';

/** What is said about the incident as a whole. Each begins the line that says it, with what holds now to go on from. */
type Row = Pick<Command, 'id' | 'name' | 'keys'> & Partial<Pick<Command, 'except'>>;

const saying = (row: Row, word: string, holds: (app: App) => string = () => ''): Command => {
  const opens = (app: App) => ({ name: row.id, text: `/${word} ${holds(app)}` });
  return { place: 'incident', acts: true, ...row, opens, run: (app) => app.acts.compose(opens(app)) };
};

/** What is done with one of the things that guard an incident. */
const about = (row: Row & { on: string[] }, line: (label: string) => string): Command => ({
  place: 'incident',
  acts: true,
  ...row,
  run: (app) => app.subject && app.acts.lines(app.subject.id, line(app.subject.label)),
});

export const situation: Command[] = [
  saying({ id: 'saySeverity', name: 'Severity, and why', keys: ['Shift S'] }, 'sev'),
  saying({ id: 'sayStatus', name: 'Status: mitigating, monitoring, resolved…', keys: ['Shift P'] }, 'status'),
  saying({ id: 'sayTrend', name: 'Trend: better, steady or worse', keys: ['Shift R'] }, 'trend'),
  saying(
    { id: 'sayImpact', name: 'Impact: what is affected', keys: ['Shift I'] },
    'impact',
    (app) => app.cockpit?.impact ?? '',
  ),
  saying(
    { id: 'saySpared', name: 'What is not affected', keys: ['Shift N'], except: ['text'] },
    'spared',
    (app) => app.cockpit?.spared ?? '',
  ),
  saying(
    { id: 'sayAim', name: 'Aim: the objective now', keys: ['Shift A'] },
    'aim',
    (app) => app.cockpit?.aim ?? '',
  ),
  saying({ id: 'sayExit', name: 'New exit criterion', keys: ['Shift E'] }, 'exit'),
  saying({ id: 'sayDont', name: 'New don’t', keys: ['Shift X'] }, 'dont'),
  saying({ id: 'sayTripwire', name: 'New tripwire: if, then', keys: ['Shift W'] }, 'if'),
  saying(
    { id: 'sayReading', name: 'New reading: a number that measures the impact', keys: ['Shift M'] },
    'reading',
    (app) => (app.cockpit?.readings[0] ? `${app.cockpit.readings[0].name} ` : ''),
  ),
  saying({ id: 'sayTitle', name: 'Rename the incident', keys: [] }, 'title', (app) => app.head?.title ?? ''),
  {
    id: 'guards',
    name: 'Show all that the incident is held to, or less',
    keys: ['Shift H'],
    place: 'cockpit',
    run: (app) => (app.guards = !app.guards),
  },
  about(
    { id: 'tick', name: 'Tick it off', keys: ['Q'], on: ['criterion'], except: ['checkin'] },
    () => '/done',
  ),
  about(
    { id: 'lift', name: 'Lift it', keys: ['Q'], on: ['dont'], except: ['checkin'] },
    (label) => `/lift ${label}`,
  ),
  about(
    { id: 'happened', name: 'It happened', keys: ['Q'], on: ['tripwire'], except: ['checkin'] },
    (label) => `/happened ${label}`,
  ),
  about(
    { id: 'passed', name: 'It did not happen', keys: [], on: ['tripwire'] },
    (label) => `/passed ${label}`,
  ),
];
