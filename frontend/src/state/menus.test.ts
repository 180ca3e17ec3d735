import { describe, expect, it } from 'vitest';
import { App } from './app.svelte';
import { commands } from './commands';
import { fake } from './fake';
import { chooseFromMenu, menus } from './menus';

describe('the menus of the window', () => {
  it('hold every command that has a name to be chosen by, once', () => {
    const ids = menus().map((item) => item.id);
    expect(new Set(ids).size).toBe(ids.length);
    const named = commands.filter((c) => !c.silent && c.place !== 'incidents').map((c) => c.id);
    expect([...ids].sort()).toEqual([...named].sort());
  });

  it('stand in one order, each with its items together', () => {
    const order = menus().map((item) => item.group);
    expect([...new Set(order)]).toEqual(['Bearings', 'Incident', 'Selected', 'Time', 'View']);
    expect(order).toEqual([...new Set(order)].flatMap((group) => order.filter((g) => g === group)));
  });

  it('show the key, and say what is acted on', () => {
    const item = (id: string) => menus().find((i) => i.id === id);
    expect(item('palette')).toBeUndefined();
    expect(item('declare')).toEqual({
      group: 'Bearings',
      name: 'Declare an incident',
      keys: 'Ctrl N',
      id: 'declare',
    });
    expect(item('whenDecided')?.group).toBe('Selected');
    for (const view of ['timeline', 'decisions', 'people', 'inbox', 'updates', 'incidents']) {
      expect(item(view)?.group).toBe('View');
    }
    expect(item('zoomIn')?.group).toBe('Time');
  });

  it('do what was chosen, or say why not', async () => {
    const app = new App(fake().backend);
    await app.begin();
    chooseFromMenu(app, 'claims');
    await expect.poll(() => app.screen).toBe('claims');
    chooseFromMenu(app, 'zoomIn');
    expect(app.said).toBe('That cannot be done here.');
    chooseFromMenu(app, 'whenDecided');
    expect(app.said).toContain('decision');
    await app.goBackTo(app.clock.real - 600_000);
    chooseFromMenu(app, 'newThread');
    expect(app.said).toContain('the past');
  });
});
