// Two real windows, each on a workspace of its own, and one folder between them.
import assert from 'node:assert/strict';
import { join as path } from 'node:path';
import { test } from 'node:test';
import { line as record } from '../support/incident.mjs';
import { bearings, root, sample, workspace } from '../support/program.mjs';
import { done, invite, join, lineSays, share } from '../support/sharing.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const picture = path(root, 'internal/exchange/sample/files/vault-p99.png');
const show = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));

/** Mara's window with the sample, shared through a folder; and Anna's, who was invited. */
async function two(t) {
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
  return {
    mara,
    anna,
    first,
    /** Opens the second window: what is done with the mouse in the first comes before. */
    async second() {
      const window = await openWindow(t, anna);
      await window.says('Nothing is recorded here yet');
      await join(window, folder, { person: 'Anna Berg', invitation, words });
      await lineSays(window, 'In step with 1 person');
      await window.press('Escape');
      await window.press('Control', '0');
      await window.says('Card payments failing at checkout');
      await until('an incident is listed', () =>
        window.page(() => document.querySelector('main [data-item]') !== null),
      );
      await window.press('j');
      await window.press('Enter');
      await window.press('1');
      await window.says('Do next');
      return window;
    },
  };
}

test('what is done in one window shows in the other: a thread, and a screenshot, which opens there', async (t) => {
  const { mara, anna, first, ...at } = await two(t);
  await bearings(mara, 'import', picture, '--into', 'latest', '--as', 'Mara Lindqvist');
  const second = await at.second();

  await record(first, ['t'], 'investigate Watch the queue of refunds', 'recorded as');
  const since = performance.now();
  await second.says('Watch the queue of refunds');
  t.diagnostic(`a thread shows in the other window after ${Math.round(performance.now() - since)} ms`);
  await record(second, ['t'], 'mitigate Tell the merchants', 'recorded as');
  await first.says('Tell the merchants');

  const { evidence } = await show(anna);
  const label = evidence.at(-1).label;
  await second.press('7');
  await second.says(label);
  await until('its picture has arrived', () =>
    second.page(() => {
      const row = document.querySelector('[aria-label=Inbox] [data-item]');
      row.focus();
      return !row.innerText.includes('not here yet');
    }),
  );
  await second.press('Enter');
  await until('the picture is drawn', () =>
    second.page(() => [...document.querySelectorAll('main img')].some((img) => img.naturalWidth > 0)),
  );
  await second.screenshot('window-shared-evidence');
});
