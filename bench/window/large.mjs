// Measures the window on a large incident, and what it takes of the memory, against the sample and an empty window. Prints
// one RATIO line each. Usage: large.mjs EMPTY_WINDOW LARGE_INCIDENT_FILE, on a display (e2e/desktop makes one).
import { bearings, sample, workspace as emptyWorkspace } from '../../e2e/support/program.mjs';
import { until } from '../../e2e/support/wait.mjs';
import { openWindow } from '../../e2e/window/driver.mjs';
import { answered, keysBetween, keysInPlace, keysOnNothing } from './keys.mjs';
import { memory } from './memory.mjs';
import { compare, median, percentile, ratio } from './ratio.mjs';

const [emptyWindow, largeIncident] = process.argv.slice(2);
const limit = 50; // milliseconds in which a key is to be answered
const undo = [];
const t = { after: (end) => undo.push(end) };

/** Opens a window on the cockpit of the one incident of a workspace. */
async function openCockpit(dir) {
  const window = await openWindow(t, dir);
  await window.says('Cockpit');
  await window.press('1');
  await until('the board is shown', () =>
    window.execute("return document.querySelector('section[aria-label=Threads] [data-item]') !== null"),
  );
  return window;
}

/** Milliseconds from Enter in the list of incidents to the cockpit with its threads. */
async function reopen(window) {
  await window.press('Control', '0');
  await until('the list is shown', () =>
    window.execute("return document.querySelector('h2')?.innerText === 'Incidents'"),
  );
  await window.press('j');
  await until('an incident has the focus', () =>
    window.execute("return document.activeElement.matches('[data-item]')"),
  );
  return answered(
    window,
    ['Enter'],
    "() => document.querySelector('section[aria-label=Threads] [data-item]')",
    '(now) => Boolean(now)',
  );
}

/** What it has once it has not grown for a while. */
async function settled(window) {
  const pid = await window.pid();
  let most = 0;
  let still = 0;
  return until(
    'the memory is settled',
    () => {
      const now = memory(pid);
      still = now > most + 0.5 ? 0 : still + 1;
      most = Math.max(most, now);
      return still > 30 && now;
    },
    30_000,
  );
}

try {
  const small = await emptyWorkspace(t);
  await sample(small);
  const large = await emptyWorkspace(t);
  await bearings(large, 'import', largeIncident);

  const empty = await openWindow(t, await emptyWorkspace(t), [], { BEARINGS_BINARY: emptyWindow });
  await empty.says('There is nothing here.');
  const nothing = await settled(empty);
  // What the machine and WebKit alone take for a key that changes the whole window: the least that opening a screen can take.
  ratio(
    'window: a key changes all of an empty window, median',
    1,
    median(await keysOnNothing(empty, 9)),
    limit,
  );
  await empty.close();

  const one = await openCockpit(small);
  ratio('memory: cockpit of the sample / empty window', 1.3, await settled(one), nothing, 'MB');
  const two = await openCockpit(large);
  await one.close();
  ratio('memory: cockpit of 20,000 records / empty window', 2, await settled(two), nothing, 'MB');

  const again = await openCockpit(small);
  await compare(
    'window: cockpit opens on 20,000 records / on the sample',
    1.5,
    () => reopen(two),
    () => reopen(again),
  );
  await again.close();

  ratio('window: a key is answered, 20,000 records, p95', 1, percentile(await keysInPlace(two), 0.95), limit);
  const between = await keysBetween(two, 7);
  for (const [screen, times] of Object.entries(between)) {
    ratio(`window: a key opens the ${screen}, 20,000 records, median`, 1, median(times), limit);
  }
} finally {
  for (const end of undo) await end();
}
