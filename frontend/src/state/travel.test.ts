import { describe, expect, it } from 'vitest';
import { AppError, type Cockpit } from '../backend';
import { App } from './app.svelte';
import { everyClaim } from './believing.svelte';
import { commandFor } from './commands';
import { cockpit, fake, head, timeline } from './fake';
import { stepMark, stepTime } from './looking';

const MINUTE = 60_000;
const asOf = head.asOf;

/** A backend that answers as of the moment that it is asked for. */
function withPast() {
  const headAt = (at: number) => ({ ...head, asOf: at || asOf, past: at > 0 });
  return fake({
    cockpit: (_, at = 0): Promise<Cockpit> => Promise.resolve({ ...cockpit, head: headAt(at) }),
    timeline: (_, at = 0) =>
      Promise.resolve({ ...timeline, head: headAt(at), now: at || asOf, decisions: decisions(at || asOf) }),
  });
}

const decisions = (now: number) =>
  [asOf - 30 * MINUTE, asOf - 10 * MINUTE]
    .filter((at) => at <= now)
    .map((at, i) => ({
      chip: { id: `d${i}`, label: `D${i}`, kind: 'decision', name: '', word: '', doubtful: false },
      at,
      shaky: false,
    }));

async function inCockpit(): Promise<{ app: App; calls: string[] }> {
  const { backend, calls } = withPast();
  const app = new App(backend);
  await app.begin();
  await app.show('cockpit');
  await expect.poll(() => app.timeline).toBeDefined();
  calls.length = 0;
  return { app, calls };
}

describe('going back in time', () => {
  it('reads every screen as it was known then, and holds the clocks', async () => {
    const { app, calls } = await inCockpit();
    const at = asOf - 20 * MINUTE;
    await app.goBackTo(at);
    expect(app.past).toBe(true);
    expect(app.clock.now).toBe(at);
    await app.show('claims');
    await app.openThing('e1');
    expect(calls).toEqual(
      expect.arrayContaining([
        `cockpit i1 ${at}`,
        `timeline i1 ${at}`,
        `claims i1 ${JSON.stringify(everyClaim)} ${at}`,
        `thing i1 e1 ${at}`,
      ]),
    );
  });

  it('comes back to where one was', async () => {
    const { app } = await inCockpit();
    await app.openThing('e1');
    await app.goBackTo(asOf - 20 * MINUTE);
    await app.show('claims');
    await app.comeBack();
    expect(app.past).toBe(false);
    expect(app.screen).toBe('cockpit');
    expect(app.thing?.chip.id).toBe('e1');
    expect(app.clock.now).toBe(asOf);
  });

  it('is not before the beginning, and not after now', async () => {
    const { app } = await inCockpit();
    await app.goBackTo(1);
    expect(app.travel.at).toBe(head.began);
    await app.goBackTo(app.clock.real + MINUTE);
    expect(app.past).toBe(false);
  });

  it('records nothing, whatever the key', async () => {
    const { app } = await inCockpit();
    expect(commandFor('T', app)?.id).toBe('newThread');
    await app.goBackTo(asOf - 20 * MINUTE);
    expect(commandFor('T', app)).toBeUndefined();
    expect(commandFor('N', app)?.id).toBe('showNow');
    expect(app.acts.may()).toBe(false);
  });

  it('shows what was known when something was decided, beliefs and all', async () => {
    const { app } = await inCockpit();
    const chip = { id: 'd3', label: 'D3', kind: 'decision', name: 'Roll back', word: '', doubtful: false };
    await app.openThing('d3');
    app.selected = chip;
    expect(commandFor('W', app)?.id).toBe('whenDecided');
    await app.whenDecided(chip);
    expect(app.travel.at).toBe(asOf - 20 * MINUTE);
    expect(app.travel.because).toBe('when D3 was decided');
    expect(app.thing).toBeUndefined();
    await app.comeBack();
    expect(app.thing?.chip.id).toBe('d3');
  });

  it('lets go of what did not exist yet', async () => {
    const missing = new AppError('not_found', 'There is nothing called that.', '');
    const { backend } = fake({
      cockpit: (_, at = 0) =>
        Promise.resolve({ ...cockpit, head: { ...head, asOf: at || asOf, past: at > 0 } }),
      thing: (_, ref, at = 0) => (at > 0 ? Promise.reject(missing) : fake().backend.thing('', ref, 0)),
    });
    const app = new App(backend);
    await app.begin();
    await app.show('cockpit');
    await app.openThing('e9');
    await app.goBackTo(asOf - 20 * MINUTE);
    expect(app.thing).toBeUndefined();
    expect(app.error).toBeUndefined();
  });

  it('goes step by step on whole minutes, and from mark to mark', async () => {
    const { app } = await inCockpit();
    await stepTime(app, -1);
    expect(app.travel.at % MINUTE).toBe(0);
    expect(app.travel.at).toBeLessThan(asOf);
    await stepTime(app, 1);
    expect(app.past).toBe(false);

    await stepMark(app, -1);
    expect(app.travel.at).toBe(asOf - 10 * MINUTE);
    await expect.poll(() => app.timeline?.now).toBe(asOf - 10 * MINUTE);
    await stepMark(app, -1);
    expect(app.travel.at).toBe(asOf - 30 * MINUTE);
  });

  it('ends when another incident is opened', async () => {
    const { app } = await inCockpit();
    await app.goBackTo(asOf - 20 * MINUTE);
    await app.open('i2', 'cockpit');
    expect(app.past).toBe(false);
  });
});
