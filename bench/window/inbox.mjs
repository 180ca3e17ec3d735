// Measures the inbox with 2,000 screenshots of a megabyte against one with 20: how soon it is there, and what the window
// takes of the memory. Prints one RATIO line each. Usage: inbox.mjs MANY_EVIDENCE, on a display (e2e/desktop makes one).
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
const screenshot = join(root, 'internal/evidence/testdata/screens/mybinder_r2d-incident-build-pods-24h.png');
const undo = [];
const t = { after: (end) => undo.push(end) };

async function inboxOf(number) {
  const dir = await workspace(t);
  await run(manyEvidence, [dir, String(number), '0', screenshot]);
  const window = await openWindow(t, dir);
  await window.says('Much to look at');
  return window;
}

/** Milliseconds from the key to the inbox with its first picture drawn. */
async function open(window) {
  await window.press('1');
  await until('the cockpit is shown', () =>
    window.execute("return document.querySelector('section[aria-label=Threads]') !== null"),
  );
  return answered(
    window,
    ['7'],
    "() => document.querySelector('section[aria-label=Inbox] img')?.naturalWidth",
    '(width) => width > 0',
  );
}

/** Megabytes once every picture that the page shows at first was in sight. */
async function walked(window) {
  for (let i = 0; i < 19; i += 1) await window.press('j');
  await until('the pictures in sight are drawn', () =>
    window.page(() => {
      const images = [...document.querySelectorAll('section[aria-label=Inbox] img')];
      return images.slice(0, 19).every((img) => img.naturalWidth > 0);
    }),
  );
  return memory(await window.pid());
}

try {
  const few = await inboxOf(20);
  const many = await inboxOf(2000);
  await compare(
    'window: inbox opens with 2,000 pieces of evidence / with 20',
    1.5,
    () => open(many),
    () => open(few),
  );
  const drawn = await many.page(
    () =>
      [...document.querySelectorAll('section[aria-label=Inbox] img')].filter((img) => img.naturalWidth > 0)
        .length,
  );
  const rows = await many.page(() => document.querySelectorAll('section[aria-label=Inbox] img').length);
  ratio('window: pictures drawn when the inbox opens / rows of its page', 0.95, drawn, rows, '');
  const peer = await walked(few);
  await few.close();
  ratio('memory: inbox with 2,000 pieces of evidence / with 20', 1.5, await walked(many), peer, 'MB');
  await many.close();
} finally {
  for (const end of undo) await end();
}
