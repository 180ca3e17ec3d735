import { tick } from 'svelte';
import type { Chip, PromptRow } from '../backend';
import { acting, focusThing } from './acting';
import { promptKey } from './prompts';
import type { App } from './app.svelte';
import type { Opening } from './composer.svelte';
import { isCharacter, type Combo } from './keys';
import { listing } from './listing.svelte';
import { looking } from './looking';
import { situating } from './situating';
import { step, stepColumn, stepEnd, stepPanel } from './walk';

/** Where a command acts. */
export type Place =
  'everywhere' | 'incident' | 'incidents' | 'cockpit' | 'thread' | 'claims' | 'timeline' | 'brief';

export interface Command {
  id: string;
  /** What it does, as the palette and the sheet of keys say it. */
  name: string;
  /** In a word or two, for the status bar; commands without are not hinted at there. */
  hint?: string;
  keys: Combo[];
  place: Place;
  /** Whether it can be done now; always, where absent. */
  when?: (app: App) => boolean;
  /** The kinds of thing that it acts on; it needs none selected, where absent. */
  on?: string[];
  /** Records something, which cannot be done in the past. */
  acts?: boolean;
  /** Whether it is for the past only, or for the present only; for both, where absent. */
  past?: boolean;
  /** Places within its place where its key means something else. */
  except?: Place[];
  /** The line that it begins, for one that is typed: a draft of it is opened again through it. */
  opens?: (app: App, chip: Chip | undefined) => Opening;
  /** Not offered by the palette: moving about is done by keys, not by names. */
  silent?: boolean;
  run: (app: App) => unknown;
}

export const placeNames: Record<Place, string> = {
  everywhere: 'Everywhere',
  incident: 'In an incident',
  incidents: 'The list of incidents',
  cockpit: 'Cockpit',
  thread: 'The page of a thread',
  claims: 'Claims',
  timeline: 'Timeline',
  brief: 'Brief',
};

const walking = (app: App): boolean => !app.declaring;

/** The one table from which keys, tooltips, status bar, palette and the sheet of keys come. */
export const commands: Command[] = [
  {
    id: 'down',
    name: 'Next',
    hint: 'move',
    keys: ['J', 'Down'],
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => step(1),
  },
  {
    id: 'up',
    name: 'Previous',
    keys: ['K', 'Up'],
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => step(-1),
  },
  {
    id: 'first',
    name: 'First',
    keys: ['G G', 'Home'],
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => stepEnd('first'),
  },
  {
    id: 'last',
    name: 'Last',
    keys: ['Shift G', 'End'],
    place: 'everywhere',
    when: walking,
    silent: true,
    run: () => stepEnd('last'),
  },
  {
    id: 'left',
    name: 'Column to the left',
    keys: ['Left'],
    place: 'cockpit',
    silent: true,
    run: () => stepColumn(-1),
  },
  {
    id: 'right',
    name: 'Column to the right',
    hint: 'column',
    keys: ['Right'],
    place: 'cockpit',
    silent: true,
    run: () => stepColumn(1),
  },
  {
    id: 'openIncident',
    name: 'Open the incident',
    hint: 'open',
    keys: ['Enter'],
    place: 'incidents',
    when: (app) => (app.list?.incidents.length ?? 0) > 0,
    silent: true,
    run: pressFocused,
  },
  {
    id: 'openThread',
    name: 'Open what is selected: a thread has a page of its own',
    hint: 'open',
    keys: ['Enter'],
    place: 'cockpit',
    silent: true,
    run: (app) => (app.selected?.kind === 'thread' ? app.openThread(app.selected.id) : pressFocused()),
  },
  {
    id: 'peek',
    name: 'Peek, as long as it is held',
    keys: ['Space'],
    place: 'incident',
    on: ['thread', 'claim', 'decision', 'action', 'evidence'],
    silent: true,
    run: (app) => app.selected && app.peek(app.selected.id),
  },
  {
    id: 'openOnPage',
    name: 'Open what is selected',
    hint: 'open',
    keys: ['Enter'],
    place: 'thread',
    silent: true,
    run: pressFocused,
  },
  {
    id: 'openClaim',
    name: 'Go into the claim',
    hint: 'its evidence',
    keys: ['Enter'],
    place: 'claims',
    silent: true,
    run: pressFocused,
  },
  {
    id: 'openSource',
    name: 'Open the source of the sentence',
    hint: 'source',
    keys: ['Enter'],
    place: 'brief',
    silent: true,
    run: pressFocused,
  },
  {
    id: 'back',
    name: 'Back one step',
    hint: 'back',
    keys: ['Esc'],
    place: 'everywhere',
    when: (app) =>
      app.screen === 'declare' ||
      app.screen === 'thread' ||
      app.thing !== undefined ||
      app.beliefs ||
      app.past,
    silent: true,
    run: back,
  },
  { id: 'cockpit', name: 'Cockpit', keys: ['1'], place: 'incident', run: (app) => app.show('cockpit') },
  { id: 'claims', name: 'Claims', keys: ['2'], place: 'incident', run: (app) => app.show('claims') },
  { id: 'timeline', name: 'Timeline', keys: ['3'], place: 'incident', run: (app) => app.show('timeline') },
  { id: 'brief', name: 'Brief', keys: ['6'], place: 'incident', run: (app) => app.show('brief') },
  {
    id: 'worst',
    name: 'Open the worst problem',
    hint: 'worst problem',
    keys: ['P'],
    place: 'cockpit',
    when: (app) => (app.cockpit?.prompts.length ?? 0) > 0,
    run: (app) => app.acts.resolve(app.cockpit?.prompts[0]),
  },
  {
    id: 'snooze',
    name: 'Put off what needs the lead, for 10 minutes',
    keys: ['Z'],
    place: 'cockpit',
    acts: true,
    when: (app) => (app.cockpit?.prompts.length ?? 0) > 0,
    run: (app) => app.acts.snooze(promptHere(app)),
  },
  {
    id: 'allPrompts',
    name: 'Show everything that needs the lead, or the first three',
    hint: 'all prompts',
    keys: ['X'],
    place: 'cockpit',
    when: (app) => (app.cockpit?.prompts.length ?? 0) > 3,
    run: (app) => (app.prompts = app.prompts === 'few' ? 'all' : 'few'),
  },
  {
    id: 'beliefs',
    name: 'Show or hide what we believe, in a narrow window',
    keys: ['B'],
    place: 'cockpit',
    run: (app) => (app.beliefs = !app.beliefs),
  },
  {
    id: 'copy',
    name: 'Copy the brief as text',
    hint: 'copy',
    keys: ['Y'],
    place: 'brief',
    run: (app) => app.copyBrief(),
  },
  {
    id: 'rewrite',
    name: 'Write the brief again',
    hint: 'write again',
    keys: ['R'],
    place: 'brief',
    run: (app) => app.reread(),
  },
  ...listing,
  ...looking,
  ...situating,
  ...acting,
  {
    id: 'menu',
    name: 'What can be done with it',
    keys: ['ContextMenu', 'Shift F10'],
    place: 'incident',
    silent: true,
    when: (app) => app.subject !== undefined,
    run: (app) => app.openMenu('acts'),
  },
  {
    id: 'declare',
    name: 'Declare an incident',
    keys: ['Ctrl N'],
    place: 'everywhere',
    run: (app) => void (app.screen = 'declare'),
  },
  {
    id: 'incidents',
    name: 'List of incidents',
    keys: ['Ctrl 0'],
    place: 'everywhere',
    run: (app) => app.leave(),
  },
  {
    id: 'palette',
    name: 'Find or do',
    keys: ['Ctrl K'],
    place: 'everywhere',
    silent: true,
    run: (app) => (app.palette = true),
  },
  {
    id: 'keys',
    name: 'Keys for here',
    hint: 'all keys',
    keys: ['?'],
    place: 'everywhere',
    run: (app) => (app.keySheet = true),
  },
  {
    id: 'settings',
    name: 'Settings',
    keys: ['Ctrl ,'],
    place: 'everywhere',
    run: (app) => (app.settings = true),
  },
  {
    id: 'nextPanel',
    name: 'Next panel',
    keys: ['F6'],
    place: 'everywhere',
    silent: true,
    run: () => stepPanel(1),
  },
  {
    id: 'previousPanel',
    name: 'Previous panel',
    keys: ['Shift F6'],
    place: 'everywhere',
    silent: true,
    run: () => stepPanel(-1),
  },
  {
    id: 'theme',
    name: 'Light or dark',
    keys: ['Ctrl Shift L'],
    place: 'everywhere',
    run: (app) => app.preferences.turnTheme(),
  },
  {
    id: 'larger',
    name: 'Larger',
    keys: ['Ctrl +', 'Ctrl ='],
    place: 'everywhere',
    run: (app) => app.preferences.resize(1),
  },
  {
    id: 'smaller',
    name: 'Smaller',
    keys: ['Ctrl -'],
    place: 'everywhere',
    run: (app) => app.preferences.resize(-1),
  },
  {
    id: 'letters',
    name: 'Single-letter keys on or off',
    keys: [],
    place: 'everywhere',
    run: (app) => app.preferences.turnLetters(),
  },
];

/** The prompt that has the focus, else the first. */
function promptHere(app: App): PromptRow | undefined {
  const key = document.activeElement?.closest<HTMLElement>('[data-prompt]')?.dataset['prompt'];
  const prompts = app.cockpit?.prompts ?? [];
  return prompts.find((prompt) => promptKey(prompt) === key) ?? prompts[0];
}

/** Presses what has the focus. The browser does it by itself for a button; an item may be another element. */
function pressFocused(): void {
  const el = document.activeElement;
  if (el instanceof HTMLElement && el !== document.body) el.click();
}

async function back(app: App): Promise<void> {
  if (app.screen === 'declare') {
    await app.leave();
    return;
  }
  if (app.screen === 'thread' && app.thing === undefined) {
    const thread = app.page?.thread.chip.id;
    await app.show('cockpit');
    await tick();
    if (thread !== undefined) focusThing(thread);
    return;
  }
  const from = app.thing?.chip.id;
  if (!(await app.back()) && app.past) await app.comeBack();
  // The focus goes back to where the thing was opened from.
  if (from !== undefined && app.thing === undefined && !app.acts.comeBack()) {
    focusThing(from);
  }
}

/** Whether a command acts on the screen that is shown. */
export function actsHere(command: Command, app: App): boolean {
  const here =
    command.place === 'everywhere' ||
    command.place === app.screen ||
    (command.place === 'incident' && app.inIncident);
  if (command.past !== undefined && command.past !== app.past) return false;
  if (command.acts && app.past) return false;
  if (!here || command.except?.some((place) => place === app.screen)) return false;
  if (command.on && !command.on.includes(app.subject?.kind ?? '')) return false;
  return command.when?.(app) ?? true;
}

/** The command that a combo stands for here. A key of the screen comes before one of everywhere. */
export function commandFor(combo: Combo, app: App): Command | undefined {
  if (combo.split(' ').every(isCharacter) && !app.preferences.letters) return undefined;
  const able = commands.filter((c) => c.keys.includes(combo) && actsHere(c, app));
  return able.find((c) => c.place !== 'everywhere') ?? able[0];
}

/** Whether a key begins one of two keys, such as G G, so that the next one is to be waited for. */
export const begins = (combo: Combo, app: App): boolean =>
  isCharacter(combo) &&
  app.preferences.letters &&
  commands.some((c) => actsHere(c, app) && c.keys.some((keys) => keys.startsWith(`${combo} `)));

/** Whether a key would act here, were this not the past. */
export const barredByPast = (combo: Combo, app: App): boolean =>
  app.past &&
  app.preferences.letters &&
  commands.some(
    (c) => c.acts && c.keys.includes(combo) && (c.place === app.screen || c.place === 'incident'),
  );

/** What can be done with a thing of a kind, in the order of the table. */
export const actsOn = (kind: string, app: App, ever = false): Command[] =>
  commands.filter((c) => c.on?.includes(kind) && c.silent !== true && (ever || actsHere(c, app)));

export function command(id: string): Command {
  const found = commands.find((c) => c.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}
