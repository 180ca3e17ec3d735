import { describe, expect, it } from 'vitest';
import { App } from '../app.svelte';
import { commandFor, commands, placeNames, type Place } from './index';
import { fake } from '../fake';

describe('the table of commands', () => {
  it('gives every command an id of its own and a name', () => {
    expect(new Set(commands.map((c) => c.id)).size).toBe(commands.length);
    for (const c of commands) expect(c.name.trim()).not.toBe('');
  });

  it('gives no key to two commands in one place, whatever is selected there', () => {
    const kinds = ['', ...new Set(commands.flatMap((c) => c.on ?? []))];
    for (const place of Object.keys(placeNames) as Place[]) {
      // What acts in an incident acts on each of its screens.
      // What is asked after a drop comes before all else.
      const within: Place[] = ['incidents', 'everywhere', 'incident', 'took', 'sharing'].includes(place)
        ? [place]
        : ['picture', 'text'].includes(place)
          ? [place, 'evidence', 'incident']
          : [place, 'incident'];
      const here = commands.filter(
        (c) => within.includes(c.place) && !c.except?.some((except) => within.includes(except)),
      );
      for (const kind of kinds) {
        for (const past of [true, false]) {
          const keys = here
            .filter((c) => (past ? !c.acts && c.past !== false : c.past !== true))
            .filter((c) => c.on === undefined || c.on.includes(kind))
            .flatMap((c) => c.keys);
          expect(keys, `${place}, ${kind}, ${past ? 'then' : 'now'}`).toEqual([...new Set(keys)]);
        }
      }
    }
  });

  it('can be found by everyone: a command that is not silent or has no key is in the palette', () => {
    for (const c of commands) expect(c.silent === true && c.keys.length === 0, c.id).toBe(false);
  });
});

describe('a key', () => {
  it('does what the screen makes of it', async () => {
    const app = new App(fake().backend);
    await app.begin();
    expect(commandFor('Y', app)?.id).toBe('copy');
    expect(commandFor('1', app)?.id).toBe('cockpit');
    await app.leave();
    expect(commandFor('Y', app)).toBeUndefined();
    expect(commandFor('1', app)).toBeUndefined();
    expect(commandFor('/', app)?.id).toBe('filter');
  });

  it('that is a single letter does nothing once they are switched off', async () => {
    const app = new App(fake().backend);
    await app.begin();
    app.preferences.turnLetters();
    expect(commandFor('Y', app)).toBeUndefined();
    expect(commandFor('Ctrl K', app)?.id).toBe('palette');
    expect(commandFor('Esc', app)).toBeUndefined();
    await app.openThing('e1');
    expect(commandFor('Esc', app)?.id).toBe('back');
  });
});
