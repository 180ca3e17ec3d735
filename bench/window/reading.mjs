// Measures the window while it reads a shared folder that many machines filled in years: whether it says how far it is, how
// long a key and a line take meanwhile, against the same window when all is read, and what memory the program has at most.
// Prints one RATIO line each, and one line of words. Usage: reading.mjs FOLDER RECORDS, on a display (e2e/desktop makes one).
import { readFile } from 'node:fs/promises';
import { workspace } from '../../e2e/support/program.mjs';
import { line as sharingLine, askToJoin } from '../../e2e/support/sharing.mjs';
import { line as record } from '../../e2e/support/incident.mjs';
import { until } from '../../e2e/support/wait.mjs';
import { openWindow } from '../../e2e/window/driver.mjs';
import { keysOfWriting } from './keys.mjs';
import { median, percentile, ratio } from './ratio.mjs';

const [folder, records] = process.argv.slice(2);
const slower = 2; // times that a key and a line may take meanwhile of what they take afterwards
const memoryLimit = 150; // MB that the reading is to add to the program at most

const undo = [];
const t = { after: (end) => undo.push(end) };

/** The most memory that a process has had so far, in MB. */
async function peak(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)[1]) / 1024;
}

try {
  const window = await openWindow(t, await workspace(t));
  await window.says('Nothing is recorded here yet');
  const before = await peak(await window.pid());
  const start = performance.now();
  await askToJoin(window, folder, { person: 'Ben' });
  const reads = async () => (await sharingLine(window)).startsWith('Reading the shared folder');
  await until('the window says that it reads', reads, 60_000);
  await until(
    'the page says how far it is',
    () => window.page(() => document.querySelector('.progress')?.innerText.includes(' read. ')),
    60_000,
  );
  await window.screenshot('window-reading');

  // A new incident, meanwhile.
  await window.press('Escape');
  await window.press('Control', 'n');
  await until('the title can be typed', () => window.page(() => document.activeElement?.id === 'title'));
  await window.type('Checkout answers 502');
  await window.press('Enter');
  await window.says('No threads yet');
  await record(window, ['t'], 'Gateway', 'recorded as');
  for (const name of ['Roll back', 'Ask the bank']) {
    await record(window, ['t'], name, 'recorded as');
  }
  const work = async (keys, lines) => {
    const struck = performance.now();
    await record(window, ['l'], `note ${lines.length}`, 'Note');
    lines.push(performance.now() - struck);
    keys.push(...(await keysOfWriting(window, 'be')));
  };
  const keys = [];
  const lines = [];
  while (await reads()) await work(keys, lines);
  if (lines.length === 0) throw new Error('it was read before anything could be measured: take more records');
  await window.screenshot('window-while-reading');
  await until('it is in step', async () => (await sharingLine(window)).startsWith('In step'), 600_000);
  const took = (performance.now() - start) / 1000;
  const later = { keys: [], lines: [] };
  for (let i = 0; i < 4; i += 1) await work(later.keys, later.lines);
  const added = (await peak(await window.pid())) - before;
  const p95 = (list) => percentile(list, 0.95);
  ratio(
    'window: a key is answered while a folder is read / after it, p95',
    slower,
    p95(keys),
    p95(later.keys),
  );
  ratio(
    'window: a line is recorded while a folder is read / after it, median',
    slower,
    median(lines),
    median(later.lines),
  );
  ratio('window: memory that reading a folder adds', 1, added, memoryLimit, 'MB');
  console.log(
    `${records} records read behind the window in ${took.toFixed(0)} s; a key p95 ${p95(keys).toFixed(0)} ms meanwhile, ${p95(later.keys).toFixed(0)} ms after it (${keys.length} keys); ` +
      `a line ${median(lines).toFixed(0)} ms meanwhile, ${median(later.lines).toFixed(0)} ms after it; memory +${added.toFixed(0)} MB`,
  );
} finally {
  for (const end of undo) await end();
}
