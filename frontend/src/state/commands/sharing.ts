import { focusItem } from '../walk';
import type { App } from '../app.svelte';
import type { Command } from './command';

const shared = (app: App): boolean => !app.sharing.settingUp && app.sharing.view !== undefined;

const press = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();

/** On the page about sharing. */
export const sharing: Command[] = [
  {
    id: 'inviteMember',
    name: 'Invite somebody to the shared workspace',
    hint: 'invite',
    keys: ['I'],
    place: 'sharing',
    when: shared,
    run: () => focusItem(document.querySelector<HTMLElement>('[data-invite]')),
  },
  {
    id: 'removeMember',
    name: 'Remove a machine from the shared workspace',
    hint: 'remove',
    keys: ['X'],
    place: 'sharing',
    when: shared,
    run: (app) => app.sharing.askToRemove(),
  },
  {
    id: 'checkFolder',
    name: 'Check all that the shared folder holds',
    hint: 'check',
    keys: ['C'],
    place: 'sharing',
    when: shared,
    run: (app) => app.sharing.check(),
  },
  {
    id: 'leaveShared',
    name: 'Stop sharing on this machine',
    keys: [],
    place: 'sharing',
    when: shared,
    run: (app) => void (app.sharing.sure = { what: 'leave' }),
  },
  {
    id: 'chooseShared',
    name: 'Choose with the dialog of the desktop',
    hint: 'choose',
    keys: ['Ctrl O'],
    place: 'sharing',
    run: () => press('[data-choose]'),
  },
];
