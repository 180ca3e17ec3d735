import type { PromptRow } from '../../backend';
import type { App } from '../app.svelte';
import { promptKey } from '../prompts';
import { pressFocused, stepColumn } from '../walk';
import type { Command } from './command';

/** About the board. */
export const onBoard: Command[] = [
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
    id: 'openThread',
    name: 'Open what is selected: a thread has a page of its own',
    hint: 'open',
    keys: ['Enter'],
    place: 'cockpit',
    silent: true,
    run: (app) => (app.selected?.kind === 'thread' ? app.openThread(app.selected.id) : pressFocused()),
  },
];

/** What the cockpit shows, and what it asks of the lead. */
export const cockpit: Command[] = [
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
    when: (app) => !!app.cockpit?.waiting.rest,
    run: (app) => (app.prompts = app.prompts === 'few' ? 'all' : 'few'),
  },
  {
    id: 'beliefs',
    name: 'Show or hide what we believe, in a narrow window',
    keys: ['B'],
    place: 'cockpit',
    run: (app) => (app.beliefs = !app.beliefs),
  },
];

/** The prompt that has the focus, else the first. */
function promptHere(app: App): PromptRow | undefined {
  const key = document.activeElement?.closest<HTMLElement>('[data-prompt]')?.dataset['prompt'];
  const prompts = app.cockpit?.prompts ?? [];
  return prompts.find((prompt) => promptKey(prompt) === key) ?? prompts[0];
}
