// Measures the claims with 2,000 screenshots of a megabyte that speak for and against them, against ones with 20: how soon they
// are there, and what the window takes of the memory. Prints one RATIO line each. Usage: evidence.mjs MANY_EVIDENCE, on a
// display (e2e/desktop makes one).
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, workspace } from '../../e2e/support/program.mjs';
import { until } from '../../e2e/support/wait.mjs';
import { openWindow } from '../../e2e/window/driver.mjs';
import { answered } from './keys.mjs';
import { memory } from './memory.mjs';
import { compare, ratio } from './ratio.mjs';

const run = promisify(execFile);
const [manyEvidence] = process.argv.slice(2);
const screenshot = join(root, 'internal/evidence/testdata/screens/mybinder_2022-01-27-pods.png');
const claims = 10;
const undo = [];
const t = { after: (end) => undo.push(end) };

async function claimsWith(number) {
  const dir = await workspace(t);
  await run(manyEvidence, [dir, String(number), String(claims), screenshot]);
  const window = await openWindow(t, dir);
  await window.says('Much to look at');
  return window;
}

/** Milliseconds from the key to all of the claims. */
async function open(window) {
  await window.press('1');
  await until('the cockpit is shown', () =>
    window.execute("return document.querySelector('section[aria-label=Threads]') !== null"),
  );
  return answered(
    window,
    ['2'],
    "() => document.querySelectorAll('section[aria-label=Claims] [data-item]').length",
    `(items) => items >= ${claims}`,
  );
}

try {
  const few = await claimsWith(2 * claims);
  const many = await claimsWith(2000);
  await compare(
    'window: claims open with 2,000 pieces of evidence / with 20',
    1.5,
    () => open(many),
    () => open(few),
  );
  const peer = memory(await few.pid());
  ratio('memory: claims with 2,000 pieces of evidence / with 20', 1.5, memory(await many.pid()), peer, 'MB');
} finally {
  for (const end of undo) await end();
}
