import { describe, expect, it } from 'vitest';
import { AppError, type Chip, type WorkRow } from '../backend';
import { App } from './app.svelte';
import { commandFor } from './commands';
import { fake } from './fake';

const chip: Chip = {
  id: 'a1',
  label: 'A1',
  kind: 'action',
  name: 'Delete',
  word: 'assigned',
  doubtful: false,
};

const row = (over: Partial<WorkRow> = {}): WorkRow => ({
  fall: { chip, now: 'firm', then: 'fallen', via: [], way: 'rests on C1' },
  settled: '',
  said: '',
  by: '',
  at: 0,
  owner: 'Mara',
  keep: '/keep A1 ',
  stop: '/reverse A1 C1 is refuted',
  caret: 0,
  stops: 'Stop it',
  ask: '/ask A1',
  correct: false,
  ...over,
});

/** A backend that refuses a start until it is said that it goes on. */
const gated = () =>
  fake({
    send: (_, __, text) =>
      text === '/start A1'
        ? Promise.reject(new AppError('gate', 'A1 is hard to reverse.', ''))
        : Promise.resolve({ says: `Sent ${text}`, ids: [], labels: [], open: '', fell: 0 }),
  });

async function begun(f = fake()): Promise<App> {
  const app = new App(f.backend);
  await app.begin();
  await app.show('cockpit');
  return app;
}

describe('the gate', () => {
  it('stands before a start by a key, and goes on only when it is told to', async () => {
    const f = gated();
    const app = await begun(f);
    expect(await app.acts.lines('a1', '/start A1')).toBe(false);
    expect(app.grounds.gate).toMatchObject({
      about: 'a1',
      typed: false,
      view: { goOn: '/start A1 although C1 is only assumed' },
    });
    await app.grounds.through();
    expect(app.grounds.gate).toBeUndefined();
    expect(f.calls).toContain('send i1 a1 /start A1 although C1 is only assumed');
  });

  it('keeps a typed line while it stands, and lets go of it once it has been passed', async () => {
    const f = gated();
    const app = await begun(f);
    app.acts.compose({ name: 'log' });
    app.composer.typed('/start A1', 9);
    await app.acts.send();
    expect(app.grounds.gate?.typed).toBe(true);
    expect(app.composer.text).toBe('/start A1');
    await app.grounds.through();
    expect(app.composer.open).toBe(false);
    expect(app.composer.drafts).toEqual({});
  });

  it('that is stayed at records nothing', async () => {
    const f = gated();
    const app = await begun(f);
    await app.acts.lines('a1', '/start A1');
    app.grounds.gate = undefined;
    expect(f.calls.filter((call) => call.startsWith('send'))).toEqual(['send i1 a1 /start A1']);
  });
});

describe('the worklist', () => {
  it('records at once what needs no words, and begins a line for what does', async () => {
    const f = fake();
    const app = await begun(f);
    await app.grounds.open('worklist');
    await app.grounds.stop(row());
    await app.grounds.ask(row());
    expect(f.calls.filter((call) => call.startsWith('send'))).toEqual([
      'send i1 a1 /reverse A1 C1 is refuted',
      'send i1 a1 /ask A1',
    ]);
    app.grounds.keep(row(), 'on ');
    expect(app.composer.text).toBe('/keep A1 on ');
  });

  it('never sends a correction by itself: it is begun, with the caret where one goes on', async () => {
    const f = fake();
    const app = await begun(f);
    await app.grounds.stop(
      row({ correct: true, stop: '/update corrects U1 Public: no next: 03:50', caret: 30 }),
    );
    expect(app.composer.text).toContain('corrects U1');
    expect(app.composer.put).toEqual({ at: 30 });
    expect(f.calls.some((call) => call.startsWith('send'))).toBe(false);
  });

  it('has its keys only where a thing is selected that waits', async () => {
    const app = await begun();
    await app.grounds.open('worklist');
    expect(commandFor('X', app)).toBeUndefined();
    app.selected = chip;
    const claim = { ...chip, id: 'c1', label: 'C1', kind: 'claim' };
    const view = { claim, since: 0, by: '', why: '', done: 0, says: '', next: claim };
    app.grounds.work = { ...view, items: [row()] };
    expect(commandFor('X', app)?.id).toBe('workStop');
    app.grounds.work = { ...view, items: [row({ settled: 'kept' })] };
    expect(commandFor('X', app)).toBeUndefined();
  });

  it('leads back to where it was opened', async () => {
    const app = await begun();
    await app.show('timeline');
    await app.grounds.open('worklist');
    expect(app.head).toBeDefined();
    await app.grounds.open('tree', 'a1');
    await commandFor('Esc', app)?.run(app);
    expect(app.screen).toBe('timeline');
  });
});
