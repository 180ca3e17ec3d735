import { test } from 'node:test';
import { bearings, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

test('what another process records shows in the window', async (t) => {
  const dir = await workspace(t);
  const window = await openWindow(t, dir, ['--sample']);
  await window.says('Card payments failing at checkout');
  await window.press('1');
  await window.says('Do next');

  const thread = JSON.stringify({
    do: 'thread.open',
    by: 'Ana',
    title: 'Watch the queue of refunds',
    kind: 'investigate',
  });
  await bearings(dir, 'record', 'latest', thread);
  const recorded = performance.now();
  await window.says('Watch the queue of refunds');
  t.diagnostic(`shown ${Math.round(performance.now() - recorded)} ms after the command had ended`);

  await window.press('2');
  await until('the claims are shown', () =>
    window.execute("return document.querySelector('section[aria-label=Claims]') !== null"),
  );
  await bearings(
    dir,
    'record',
    'latest',
    JSON.stringify({ do: 'claim.make', by: 'Raj', text: 'Refunds are not affected' }),
  );
  await window.says('Refunds are not affected');

  await window.press('6');
  await window.says('Who is reading');
  await bearings(
    dir,
    'record',
    'latest',
    JSON.stringify({ do: 'incident.change', by: 'Raj', impact: 'Refunds wait for an hour' }),
  );
  await window.says('Refunds wait for an hour');
});
