import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from './app.svelte';
import { brief, fake, list } from './fake';
import { readPlace, writePlace, type Place } from './place';

const place: Place = { screen: 'claims', thing: '', claim: 'c4', thread: '' };

describe('the place where a reader was', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('comes back as it was kept', () => {
    expect(readPlace(writePlace(place))).toEqual(place);
  });

  it('is none where nothing, or nothing that is known, was kept', () => {
    for (const text of ['', 'null', '{', '"cockpit"', '{"screen":"elsewhere"}']) {
      expect(readPlace(text)).toBeUndefined();
    }
    expect(readPlace('{"screen":"brief","thing":7}')).toEqual({ ...place, screen: 'brief', claim: '' });
  });

  it('is where the window opens', async () => {
    const start = () =>
      Promise.resolve({ list, open: 'i1', where: writePlace({ ...place, thing: 'e1' }), brief, kept: {} });
    const app = new App(fake({ start }).backend);
    await app.begin();
    expect(app.screen).toBe('claims');
    expect(app.claim).toBe('c4');
    expect(app.thing?.chip.id).toBe('e1');
  });

  it('is where an incident opens that was left for another', async () => {
    const kept: Record<string, string> = {};
    const { backend } = fake({
      left: (incident: string, where: string) => Promise.resolve(void (kept[incident] = where)),
      where: (incident: string) => Promise.resolve(kept[incident] ?? ''),
    });
    const app = new App(backend);
    const stop = app.start();
    await app.begin();
    expect(app.screen).toBe('brief');
    await app.show('timeline');
    await vi.advanceTimersByTimeAsync(1000);
    expect(readPlace(kept['i1'] ?? '')?.screen).toBe('timeline');
    await app.open('i2');
    expect(app.screen).toBe('cockpit');
    await app.open('i1');
    expect(app.screen).toBe('timeline');
    stop();
  });

  it('is not that of the past', async () => {
    const kept: string[] = [];
    const app = new App(
      fake({ left: (_: string, where: string) => Promise.resolve(void kept.push(where)) }).backend,
    );
    const stop = app.start();
    await app.begin();
    await app.show('cockpit');
    await vi.advanceTimersByTimeAsync(1000);
    const before = kept.length;
    expect(before).toBeGreaterThan(0);
    await app.goBackTo(app.clock.real - 600_000);
    await app.show('claims');
    await vi.advanceTimersByTimeAsync(1000);
    expect(kept.length).toBe(before);
    stop();
  });
});
