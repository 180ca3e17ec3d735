import { describe, expect, it } from 'vitest';
import { App } from './app.svelte';
import { command } from './commands';
import { chooseFromMenu } from './menus';
import { fake, sharing } from './fake';

const alone = { ...sharing, line: { phase: 'alone', words: 'Saved on this machine', mark: '' } };
const anna = {
  device: 'd2',
  person: 'Anna',
  machine: 'anna-laptop',
  self: false,
  removed: false,
  came: '',
  wrote: '',
  seen: '',
  late: false,
};

describe('sharing', () => {
  it('opens from wherever one is, and leads back there', async () => {
    const app = new App(fake().backend);
    await app.begin();
    await app.show('claims');
    chooseFromMenu(app, 'sharing');
    await Promise.resolve();
    expect(app.screen).toBe('sharing');
    await app.sharing.back();
    expect(app.screen).toBe('claims');
  });

  it('begins with its three steps where nothing is shared', async () => {
    const app = new App(fake({ sharing: () => Promise.resolve(alone) }).backend);
    await app.begin();
    await app.sharing.open();
    expect(app.sharing.settingUp).toBe(true);
  });

  it('stays in its third step although it is shared by then', async () => {
    let view = alone;
    const app = new App(fake({ sharing: () => Promise.resolve(view) }).backend);
    await app.begin();
    await app.sharing.open();
    view = sharing;
    await app.sharing.read();
    expect(app.sharing.settingUp).toBe(true);
    expect(app.sharing.line?.phase).toBe('in_step');
  });

  it('asks before a machine is removed, and keeps asking where that fails', async () => {
    const { backend, calls } = fake({
      sharing: () => Promise.resolve({ ...sharing, members: [anna] }),
      removeMember: () => Promise.reject(new Error('no')),
    });
    const app = new App(backend);
    await app.begin();
    await app.sharing.open();
    const row = document.createElement('button');
    row.dataset['member'] = 'd2';
    document.body.append(row);
    row.focus();
    app.sharing.askToRemove();
    expect(app.sharing.sure).toEqual({ what: 'remove', member: anna });
    expect(calls).not.toContain('removeMember');
    await expect(app.sharing.confirm({ what: 'remove', member: anna })).rejects.toThrow('no');
    expect(app.sharing.sure).toBeDefined();
    row.remove();
  });

  it('offers neither to invite nor to remove where sharing has stopped', async () => {
    let view = sharing;
    const app = new App(fake({ sharing: () => Promise.resolve(view) }).backend);
    await app.begin();
    await app.sharing.open();
    const offered = (id: string): boolean => command(id).when?.(app) ?? true;
    expect([offered('inviteMember'), offered('removeMember')]).toEqual([true, true]);
    view = { ...sharing, line: { phase: 'excluded', words: '', mark: 'broken' } };
    await app.sharing.read();
    expect([offered('inviteMember'), offered('removeMember'), offered('leaveShared')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is told in the status bar even where its page is not shown', async () => {
    const app = new App(fake().backend);
    await app.begin();
    await app.sharing.read();
    expect(app.sharing.line?.words).toBe(sharing.line.words);
    expect(app.sharing.view).toBeUndefined();
  });
});
