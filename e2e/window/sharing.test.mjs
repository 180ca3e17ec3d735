// Two real windows, each on a workspace of its own, and one folder between them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { join as path } from 'node:path';
import { test } from 'node:test';
import { drop } from '../support/desktop.mjs';
import { line as record } from '../support/incident.mjs';
import { bearings, root, sample, workspace } from '../support/program.mjs';
import { done, invite, join, lineSays, share } from '../support/sharing.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const picture = path(root, 'internal/exchange/sample/files/vault-p99.png');
const sum = createHash('sha256')
  .update(await readFile(picture))
  .digest('hex');
const show = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));

/** Mara's window with the sample, shared through a folder, and an invitation for Anna. */
async function founded(t) {
  const [mara, anna, between] = [await workspace(t), await workspace(t), await workspace(t)];
  const folder = path(between, 'folder');
  await sample(mara);
  const first = await openWindow(t, mara, ['--as', 'Mara Lindqvist']);
  await first.says('Card payments failing at checkout');
  await share(first, folder);
  const invitation = path(between, 'for-anna.txt');
  const words = await invite(first, 'Anna Berg', invitation);
  assert.equal(words.split(' ').length, 6);
  await done(first);
  await first.press('1');
  await first.says('Do next');
  return { mara, anna, folder, first, asking: { person: 'Anna Berg', invitation, words } };
}

/** Anna's window, which has joined, on the incident. */
async function joined(t, anna, folder, asking) {
  const second = await openWindow(t, anna);
  await second.says('Nothing is recorded here yet');
  await join(second, folder, asking);
  await lineSays(second, 'In step with 1 person');
  await second.press('Escape');
  await second.press('Control', '0');
  await second.says('Card payments failing at checkout');
  await until('an incident is listed', () =>
    second.page(() => document.querySelector('main [data-item]') !== null),
  );
  await second.press('j');
  await second.press('Enter');
  await second.press('1');
  await second.says('Do next');
  return second;
}

/** Goes to the inbox, and opens the first of what is in it. */
async function openEvidence(window, label) {
  await window.press('7');
  await window.says(label);
  await until('its picture has arrived', () =>
    window.page(() => {
      const row = document.querySelector('[aria-label=Inbox] [data-item]');
      row.focus();
      return !row.innerText.includes('not here yet');
    }),
  );
  await window.press('Enter');
  await until('the picture is drawn', () =>
    window.page(() => document.querySelector('[data-stage] img.loaded')?.naturalWidth === 900),
  );
}

const isDisputed = (window, label) =>
  until(`${label} is disputed`, () =>
    window.page((label) => {
      const rows = [...document.querySelectorAll('section[aria-label=Claims] li')];
      return rows.some((row) => row.innerText.includes(label) && /disputed/i.test(row.innerText));
    }, label),
  );

test('two windows on one folder show each other what they do, and both what was done apart', async (t) => {
  const { mara, anna, folder, first, asking } = await founded(t);
  await drop(t, first, [picture], 'section[aria-label=Threads]', 'inbox');
  const dropped = async () => (await show(mara)).evidence.find((e) => e.sha256 === sum);
  const { label } = await until('the screenshot is taken in', dropped);
  const second = await joined(t, anna, folder, asking);

  await record(first, ['t'], 'investigate Watch the queue of refunds', 'recorded as');
  const since = performance.now();
  await second.says('Watch the queue of refunds');
  t.diagnostic(`a thread shows in the other window after ${Math.round(performance.now() - since)} ms`);
  await record(second, ['t'], 'mitigate Tell the merchants', 'recorded as');
  await first.says('Tell the merchants');

  await openEvidence(second, label);
  await second.screenshot('window-shared-evidence');
  await second.press('Escape');
  await second.press('1');
  await second.says('Do next');

  // Apart: the folder is away. What is being typed stays, whatever comes in.
  await rename(folder, `${folder}-away`);
  for (const window of [first, second]) await lineSays(window, 'Working alone');
  await record(second, ['l'], '/lead @me I know the gateway', '');
  await record(second, ['l'], '/refute C7 two cards were charged twice', '');
  await second.screenshot('window-apart');
  await record(first, ['l'], '/lead @me I stay with it', '');
  await record(first, ['l'], '/verify C7 I looked at every charge', '');
  await first.press('l');
  await first.type('The pool is ');

  await rename(`${folder}-away`, folder);
  for (const window of [first, second]) {
    await window.says('Two leads');
    await lineSays(window, 'In step with 1 person');
  }
  assert.equal(
    await first.page(() => document.querySelector('form[aria-label=Write] textarea').value),
    'The pool is ',
  );
  await first.press('Escape');
  for (const window of [first, second]) {
    await window.press('2');
    await isDisputed(window, 'C7');
    await window.screenshot(`window-disputed-${window === first ? 'mara' : 'anna'}`);
  }
  const claims = await Promise.all([mara, anna].map(async (dir) => (await show(dir)).claims));
  assert.deepEqual(claims[0], claims[1], 'both say the same of every claim');
});
