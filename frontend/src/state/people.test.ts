import { describe, expect, it } from 'vitest';
import type { Cockpit, Me } from '../backend';
import { App } from './app.svelte';
import { cockpit, fake, head } from './fake';
import { joinLine } from './people.svelte';

it.each([
  [{ name: 'Ada', why: ' the pager\nrang ', asked: '', offer: '', skills: '' }, '/join me: the pager rang'],
  [
    { name: 'Ada', why: 'dns', asked: 'Mara', offer: 'captures', skills: 'dns, tls' },
    '/join me: dns asked: Mara offer: captures skills: dns, tls',
  ],
])('who joins says so in a line', (said, line) => expect(joinLine(said)).toBe(line));

async function standing(me: Partial<Me>, leading = false): Promise<{ app: App; lines: () => string[] }> {
  const view: Cockpit = { ...cockpit, head: { ...head, leading, me: { ...head.me, ...me } } };
  const go = fake({ cockpit: () => Promise.resolve(view) });
  const app = new App(go.backend);
  await app.begin();
  await app.show('cockpit');
  return {
    app,
    lines: () =>
      go.calls.filter((call) => call.startsWith('send')).map((call) => call.slice(call.indexOf('/'))),
  };
}

describe('the next step of the lead', () => {
  it.each([
    ['take', '/lead @me '],
    ['readback', '/readback '],
    ['', '/handover @me'],
  ])('“%s” begins a line', async (step, text) => {
    const { app } = await standing({ step } as Partial<Me>);
    await app.people.step();
    expect(app.composer.text).toBe(text);
  });

  it.each([
    ['accept', '/accept'],
    ['yield', '/release lead @me'],
  ])('“%s” is done at once', async (step, text) => {
    const { app, lines } = await standing({ step } as Partial<Me>);
    await app.people.step();
    expect(lines()).toEqual([text]);
  });

  it('of who leads is to hand it over', async () => {
    const { app } = await standing({}, true);
    await app.people.step();
    expect(app.composer.text).toBe('/handover @');
  });
});

describe('a handover', () => {
  it('is declined with a reason', async () => {
    const { app, lines } = await standing({ off: 'decline' } as Partial<Me>);
    await app.people.handoverOff();
    expect(app.composer.text).toBe('/decline ');
    expect(lines()).toEqual([]);
  });

  it('is withdrawn at once', async () => {
    const { app, lines } = await standing({ off: 'withdraw' } as Partial<Me>);
    await app.people.handoverOff();
    expect(lines()).toEqual(['/handover off']);
  });
});
