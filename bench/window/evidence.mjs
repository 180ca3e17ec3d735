// Measures the claims screen with 2,000 pieces of evidence, each with a picture of 1 MB, against one with 20: how long it takes
// to open, and what the window takes of the memory. Prints one RATIO line each. Usage: evidence.mjs, on a display
// (e2e/desktop makes one).
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { bearings, workspace as emptyWorkspace } from '../../e2e/support/program.mjs';
import { until } from '../../e2e/support/wait.mjs';
import { openWindow } from '../../e2e/window/driver.mjs';
import { answered } from './keys.mjs';
import { memory } from './memory.mjs';
import { compare, ratio } from './ratio.mjs';

const undo = [];
const t = { after: (end) => undo.push(end) };

/** A picture of 640 × 540 points of noise: 1 MB, and no two alike. */
function picture() {
  const [width, height] = [640, 540];
  const raw = randomBytes((3 * width + 1) * height);
  for (let y = 0; y < height; y += 1) raw[y * (3 * width + 1)] = 0;
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(raw, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const claims = 10;

/** A workspace with ten claims, and so many screenshots that speak for and against them. */
async function shown(count) {
  const dir = await emptyWorkspace(t);
  const files = await emptyWorkspace(t);
  const at = new Date(Date.now() - 600_000).toISOString();
  const lines = [{ at, by: 'Ana', do: 'incident.declare', id: 'inc', title: 'Checkout answers 502' }];
  for (let i = 1; i <= claims; i += 1) {
    lines.push({ at, by: 'Ana', do: 'claim.make', id: `c${i}`, label: `C${i}`, text: `Belief ${i}` });
  }
  const incident = join(files, 'incident.jsonl');
  await writeFile(incident, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await bearings(dir, 'import', incident);
  const each = count / claims;
  for (let i = 0; i < claims; i += 1) {
    for (const [side, from, to] of [
      ['--for', 0, Math.ceil(each / 2)],
      ['--against', Math.ceil(each / 2), each],
    ]) {
      const paths = [];
      for (let n = from; n < to; n += 1) paths.push(join(files, `shot-${i}-${n}.png`));
      await Promise.all(paths.map((path) => writeFile(path, picture())));
      await bearings(
        dir,
        'import',
        ...paths,
        '--into',
        'latest',
        '--claim',
        `C${i + 1}`,
        side,
        '--as',
        'Ana',
      );
      await Promise.all(paths.map((path) => rm(path)));
    }
  }
  return dir;
}

const ready = "document.querySelector('section[aria-label=Claims] [data-item]') !== null";

/** Milliseconds from the key to the claims. */
async function reopen(window) {
  await window.press('1');
  await until('the cockpit is shown', () =>
    window.execute("return document.querySelector('section[aria-label=Threads]') !== null"),
  );
  return answered(
    window,
    ['2'],
    "() => document.querySelector('section[aria-label=Claims] [data-item]')",
    '(now) => Boolean(now)',
  );
}

async function open(dir) {
  const window = await openWindow(t, dir);
  await window.says('Cockpit');
  await window.press('2');
  await until('the claims are shown', () => window.execute(`return ${ready}`));
  return window;
}

try {
  const many = await open(await shown(2000));
  const few = await open(await shown(20));
  await compare(
    'window: claims open with 2,000 pieces of evidence / with 20',
    1.5,
    () => reopen(many),
    () => reopen(few),
  );
  ratio(
    'memory: claims with 2,000 pieces of evidence / with 20',
    1.5,
    memory(await many.pid()),
    memory(await few.pid()),
    'MB',
  );
} finally {
  for (const end of undo) await end();
}
