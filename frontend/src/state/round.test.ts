import { describe, expect, it } from 'vitest';
import type { CheckinRow, CheckinView, WordRow } from '../backend';
import { App } from './app.svelte';
import { fake, head, type Fake } from './fake';

const row = (person: string, answer?: Partial<WordRow>): CheckinRow => ({
  person,
  owns: [],
  since: 1,
  lastText: '',
  lastAt: 1,
  line: `/heard @${person}`,
  ...(answer && { answer: { by: person, at: 2, text: '', seeing: '', doing: '', need: '', ...answer } }),
});

const chip = { id: 'r1', label: 'R1', kind: 'checkin', name: '', word: 'open', doubtful: false };

async function asking(...rows: CheckinRow[]): Promise<{ app: App; go: Fake; lines: () => string[] }> {
  const view: CheckinView = {
    head,
    round: chip,
    opened: 1,
    due: 2,
    heard: 0,
    rows,
    draft: 'Check-in R1, 1 of 2 heard.',
  };
  const go = fake({ checkin: () => Promise.resolve(view) });
  const app = new App(go.backend);
  await app.begin();
  await app.show('checkin');
  go.calls.length = 0;
  return {
    app,
    go,
    lines: () => go.calls.filter((c) => c.startsWith('send')).map((c) => c.slice(c.indexOf('/'))),
  };
}

describe('what somebody says in a round', () => {
  it('is written down, each part by its name, and what was typed is gone', async () => {
    const { app, lines } = await asking(row('Bo'));
    app.round.typed('Bo', 'seeing', 'timeouts');
    app.round.typed('Bo', 'need', 'a query');
    expect(app.round.said('Bo')).toBe(true);
    await app.round.heard(row('Bo'));
    expect(lines()).toEqual(['/heard @Bo seeing: timeouts need: a query']);
    expect(app.round.said('Bo')).toBe(false);
  });

  it('is not lost to “no change”', async () => {
    const { app, lines } = await asking(row('Bo'));
    app.round.typed('Bo', 'doing', 'looking');
    await app.round.same(row('Bo'));
    expect(lines()).toEqual([]);
    expect(app.round.said('Bo')).toBe(true);
  });

  it('may be no change, in one line', async () => {
    const { app, lines } = await asking(row('Bo'));
    await app.round.same(row('Bo'));
    expect(lines()).toEqual(['/heard @Bo']);
  });

  it('is put right after it was written down, and stays as it was where nothing was changed', async () => {
    const answered = row('Bo', { seeing: 'timeouts' });
    const { app, lines } = await asking(answered);
    expect(app.round.asks(answered)).toBe(false);
    await app.round.write(answered);
    expect(app.round.asks(answered)).toBe(true);
    app.round.rest(answered);
    expect(app.round.asks(answered)).toBe(false);
    await app.round.write(answered);
    app.round.typed('Bo', 'seeing', 'timeouts to one host');
    await app.round.heard(answered);
    expect(lines()).toEqual(['/heard @Bo seeing: timeouts to one host']);
    expect(app.round.asks(answered)).toBe(false);
  });

  it('can be said after all by who was heard with no change', async () => {
    const answered = row('Bo', {});
    const { app } = await asking(answered);
    await app.round.write(answered);
    expect(app.round.asks(answered)).toBe(true);
  });
});

it('a round ends with the situation to be changed, and goes back', async () => {
  const { app, lines } = await asking(row('Bo', {}), row('Cy'));
  await app.round.end();
  expect(lines()).toEqual(['/checkin close']);
  expect(app.composer.text).toBe('Check-in R1, 1 of 2 heard.');
  expect(app.screen).toBe('cockpit');
});
