// The check-in round by keyboard alone, in the window that is shipped.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bearings, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const team = ['Ana', 'Bo', 'Cy', 'Di', 'Ed', 'Fay'];

/** An incident in which six people own a thread each. */
async function begin(dir) {
  const file = join(dir, 'team.jsonl');
  const lines = [
    {
      do: 'incident.declare',
      id: 'inc',
      label: 'INC-1',
      title: 'Checkout answers 502',
    },
    ...team.map((owner, n) => ({
      do: 'thread.open',
      id: `t${n}`,
      label: `T${n + 1}`,
      title: `The part of ${owner}`,
      owner,
    })),
  ];
  const at = (n) => new Date(Date.now() - (60 - n) * 60_000).toISOString();
  await writeFile(file, lines.map((line, n) => JSON.stringify({ at: at(n), by: 'Ana', ...line })).join('\n'));
  await bearings(dir, 'import', file, '--as', 'Ana');
}

test('a round for six people takes no more than 30 keys beside the words', async (t) => {
  const dir = await workspace(t);
  await begin(dir);
  const window = await openWindow(t, dir);
  await window.says('Checkout answers 502');
  let keys = 0;
  const press = (...together) => {
    keys += 1;
    return window.press(...together);
  };
  const at = (person, what) =>
    until(`the focus is at ${person}`, () =>
      window.page(
        (person, what) =>
          document.activeElement?.closest('[data-person]')?.dataset.person === person &&
          document.activeElement.matches(what),
        person,
        what,
      ),
    );

  await press('i');
  await window.says('0 of 6 heard');
  for (const [n, name] of team.entries()) {
    await at(name, 'button');
    if (n === 4) {
      await press('.');
      continue;
    }
    if (n === 5) {
      await press('s');
      continue;
    }
    await press('u');
    await at(name, 'textarea');
    for (const [m, words] of [`${name} sees it`, `${name} looks`, `${name} needs help`].entries()) {
      if (m > 0) await press('Tab');
      await window.type(words);
    }
    await press('Enter');
  }
  await window.says('5 of 6 heard');
  await window.says('Not heard: Fay');
  await window.screenshot('window-round');
  await press('Enter');
  await until('the note is begun', () =>
    window.page(() => document.activeElement.value?.startsWith('Check-in R1, 5 of 6')),
  );
  await press('Enter');
  await window.says('recorded as N1');
  assert.ok(keys <= 30, `it took ${keys} keys`);

  const { checkins, threads } = JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
  assert.deepEqual(
    checkins.map(({ label, state }) => `${label} ${state}`),
    ['R1 closed'],
  );
  assert.equal(threads.length, team.length);
  // What they need stands in the brief.
  assert.match(await bearings(dir, 'brief', 'latest'), /Cy needs help/);
});
