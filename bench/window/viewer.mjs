// Measures looking at twenty pictures of 4000 × 3000 points, one after the other, when the inbox has asked for thumbnails of all
// of them: how soon the first is there against the others, for which nothing has to wait, and what the window takes of the
// memory after the last against after the second. Prints one RATIO line each. Usage: viewer.mjs MANY_EVIDENCE, on a display
// (e2e/desktop makes one).
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import { later, workspace } from '../../e2e/support/program.mjs';
import { until } from '../../e2e/support/wait.mjs';
import { openWindow } from '../../e2e/window/driver.mjs';
import { memory } from './memory.mjs';
import { median, ratio } from './ratio.mjs';

const run = promisify(execFile);
const [manyEvidence] = process.argv.slice(2);
const undo = [];
const t = { after: (end) => undo.push(end) };
const count = 20;
const [width, height] = [4000, 3000];

/** A PNG of bands of grey. */
function picture() {
  const rows = Buffer.alloc((3 * width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const row = y * (3 * width + 1);
    rows.fill(y >> 4, row + 1, row + 1 + 3 * width);
  }
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
  head.set([8, 2, 0, 0, 0], 8); // 8 bits of red, green and blue
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Milliseconds from a key to the picture that stands in a place. */
async function took(window, key, place) {
  const struck = performance.now();
  await window.press(key);
  await until(
    `picture ${place} is drawn`,
    () =>
      window.page(
        (words, width) => {
          const img = document.querySelector('main img');
          return (
            document.querySelector('main .walk')?.innerText.includes(words) &&
            img?.naturalWidth === width &&
            getComputedStyle(img).opacity === '1'
          );
        },
        `${place} of ${count}`,
        width,
      ),
    60_000,
  );
  return performance.now() - struck;
}

/** Megabytes once they hardly change: WebKit gives back what it does not need a while later. */
async function settled(window) {
  const pid = await window.pid();
  let last = memory(pid);
  for (let still = 0; still < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = memory(pid);
    still = Math.abs(now - last) < 0.02 * last ? still + 1 : 0;
    last = now;
  }
  return last;
}

try {
  const dir = await workspace(t);
  const file = `${dir}.png`;
  later(t, () => run('rm', ['-f', file]));
  await writeFile(file, picture());
  await run(manyEvidence, [dir, String(count), '0', file]);
  const window = await openWindow(t, dir);
  await window.says('Much to look at');
  await window.press('7');
  await window.says(`screen ${count - 1}`);
  await window.press('Control', 'k');
  await until('the palette has the keyboard', () =>
    window.page(() => document.activeElement?.getAttribute('role') === 'combobox'),
  );
  await window.type(`E${count}`);
  await until('the last picture is found', () =>
    window.page((label) => document.querySelector('[role=option]')?.innerText.includes(label), `E${count}`),
  );
  const first = await took(window, 'Enter', count);
  const others = [await took(window, '[', count - 1)];
  const two = await settled(window);
  for (let place = count - 2; place >= 1; place -= 1) others.push(await took(window, '[', place));
  ratio('window: a large picture opened while 20 thumbnails wait / while none do', 3, first, median(others));
  ratio('memory: 20 pictures of 4000 × 3000 looked at / 2', 1.5, await settled(window), two, 'MB');
} finally {
  for (const end of undo) await end();
}
