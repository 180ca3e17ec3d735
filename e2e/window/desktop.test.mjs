// The window among the others of a desktop: what it tells when it is not looked at, and where it is.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { bearings, later, start, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

/** Records something in an incident, from another process. */
async function record(dir, ...records) {
  await bearings(
    dir,
    'record',
    'latest',
    records.map((one) => JSON.stringify(one)).join('\n'),
    '--as',
    'Ana',
  );
}

/** A decision on a claim that is refuted: something to act on now. */
const shaky = (n, text) => [
  { do: 'claim.make', id: `c${n}`, text: `Claim ${n}` },
  { do: 'decision.make', id: `d${n}`, text, rests_on: [`c${n}`] },
  { do: 'claim.verdict', claim: `c${n}`, verdict: 'refute', why: 'It is not so' },
];

/** An incident that Ana leads, in a workspace of hers. */
async function led(t) {
  const dir = await workspace(t);
  const file = `${dir}/incident.jsonl`;
  const at = new Date().toISOString();
  const records = [
    { at, by: 'Ana', do: 'incident.declare', id: 'inc', title: 'Checkout is down' },
    { at, by: 'Ana', do: 'role.take', role: 'lead' },
  ];
  await writeFile(file, records.map((one) => `${JSON.stringify(one)}\n`).join(''));
  await bearings(dir, 'import', file, '--as', 'Ana');
  return dir;
}

/** A daemon that shows notifications, and what it was asked to show. */
async function daemon(t) {
  const shows = start('dunst', ['-conf', '/dev/null']);
  later(t, () => shows.stop());
  const listens = start('dbus-monitor', [
    '--session',
    "interface='org.freedesktop.Notifications',member='Notify',type='method_call'",
  ]);
  later(t, () => listens.stop());
  await until('the monitor listens', () => listens.said().includes('NameAcquired'));
  return () => (listens.said().match(/member=Notify$/gm) ?? []).length;
}

/** Opens the cockpit of the incident, in front. */
async function looking(t, dir) {
  const window = await openWindow(t, dir);
  await window.says('Checkout is down');
  await window.press('1');
  await window.says('No threads yet');
  await until('the window is in front', () => window.page(() => document.hasFocus()));
  return window;
}

async function lookAway(window) {
  await window.page(() => (globalThis.runtime.WindowMinimise(), true));
  await until('the window is not in front', async () => !(await window.page(() => document.hasFocus())));
}

const allow = (window) =>
  window.page(() => globalThis.go.app.Settings.Keep('notify', 'yes').then(() => true));

/** Records new reds until one is told; what stood when the window was allowed to tell them is no news. */
async function untilTold(dir, told, from) {
  let n = from;
  await until('a new red is told', async () => {
    await record(dir, ...shaky(n, `Decision ${n}`));
    n += 1;
    return told() > 0;
  });
  return n;
}

test('a new red is told once, if that is allowed and the window is not in front', async (t) => {
  const dir = await led(t);
  const told = await daemon(t);
  const window = await looking(t, dir);
  await lookAway(window);
  for (const n of [1, 2, 3]) await record(dir, ...shaky(n, `Decision ${n}`));
  await window.says('3 decisions stand on shaky ground');
  assert.equal(told(), 0);

  await allow(window);
  const next = await untilTold(dir, told, 4);
  for (const n of [next, next + 1]) await record(dir, ...shaky(n, `Decision ${n}`));
  await window.says(`${next + 1} decisions stand on shaky ground`);
  assert.equal(told(), 1);
});

test('a new red is not told to somebody who looks at the window', async (t) => {
  const dir = await led(t);
  const told = await daemon(t);
  const window = await looking(t, dir);
  await allow(window);
  for (const n of [1, 2, 3]) await record(dir, ...shaky(n, `Decision ${n}`));
  await window.says('3 decisions stand on shaky ground');
  assert.equal(told(), 0);
  await lookAway(window);
  await untilTold(dir, told, 4);
});

test('a window that was maximised goes back to the size that it had before', async (t) => {
  const dir = await led(t);
  const size = (window) => window.page(() => innerWidth);
  const first = await openWindow(t, dir);
  await first.says('Checkout is down');
  await first.page(() => (globalThis.runtime.WindowSetSize(1180, 760), true));
  await until('the window has its own size', async () => (await size(first)) === 1180);
  await until('the size is known', () =>
    first.page(() => globalThis.go.app.Window.Resized().then(() => true)),
  );
  await first.page(() => (globalThis.runtime.WindowMaximise(), true));
  await until('the window is maximised', async () => (await size(first)) > 1500);
  await first.close();

  const second = await openWindow(t, dir);
  await second.says('Checkout is down');
  await until('the window is maximised again', async () => (await size(second)) > 1500);
  await second.page(() => (globalThis.runtime.WindowUnmaximise(), true));
  await until('the window has its own size again', async () => (await size(second)) === 1180);
});
