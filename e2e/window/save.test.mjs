// A copy of the file of an evidence, saved through the dialog of the desktop.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { crc32, inflateSync } from 'node:zlib';
import { key } from '../support/desktop.mjs';
import { bearings, root, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const xdotool = async (...args) => (await promisify(execFile)('xdotool', args.map(String))).stdout.trim();

/** The chunks of a PNG: what it says beside its pixels is in them. */
function chunks(png) {
  const all = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    all.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
  }
  return all;
}
const pixels = (png) =>
  inflateSync(Buffer.concat(chunks(png).flatMap(([kind, data]) => (kind === 'IDAT' ? [data] : []))));

/** A PNG that says where it was taken. */
async function telling() {
  const png = await readFile(join(root, 'internal/exchange/sample/files/vault-p99.png'));
  const body = Buffer.from('tEXtComment\0taken at 48.1, 11.5', 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** Waits for a dialog of the desktop with a title that begins so, and gives it the keyboard. */
const dialog = (title) =>
  until(`a dialog says “${title}”`, async () => {
    const found = await xdotool('search', '--onlyvisible', '--name', `^${title}`).catch(() => '');
    if (found === '') return false;
    const id = found.split('\n').at(-1);
    await xdotool('windowactivate', '--sync', id);
    return xdotool('getwindowname', id);
  });
/** Waits until so many windows of the program are seen: its own, a dialog, and what that asks. */
const seen = (window, count) =>
  until(`${count} windows are seen`, async () => {
    const found = await xdotool('search', '--onlyvisible', '--pid', await window.pid());
    return found.split('\n').length === count;
  });

/** Saves under a path that is typed into the dialog, and returns the title of the dialog. */
async function saveAs(window, path) {
  await window.press('Control', 's');
  const title = await dialog('Save a copy of');
  await key('ctrl+a');
  await xdotool('type', '--delay', 5, path);
  await key('Return');
  return title;
}

test('a copy is saved where it is told, without metadata, over nothing unasked, or says why not', async (t) => {
  const dir = await workspace(t);
  const folder = `${dir}-files`;
  await mkdir(folder);
  const original = await telling();
  await writeFile(join(folder, 'photo.png'), original);
  const at = new Date(Date.now() - 60_000).toISOString();
  await writeFile(
    join(folder, 'incident.jsonl'),
    JSON.stringify({ at, by: 'Ada', do: 'incident.declare', title: 'Checkout answers 502' }),
  );
  await bearings(dir, 'import', join(folder, 'incident.jsonl'), '--as', 'Ada');
  await bearings(dir, 'import', join(folder, 'photo.png'), '--into', 'latest', '--as', 'Ada');
  const { evidence } = JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
  const { label } = evidence.at(-1);
  const window = await openWindow(t, dir);
  await window.says('Checkout answers 502');
  await window.press('7');
  await window.says(label);
  await window.page((label) => {
    const row = [...document.querySelectorAll('[data-item]')].find((el) => el.innerText.includes(label));
    row.focus();
  }, label);
  await window.press('Enter');
  await until('the picture is drawn', () =>
    window.page(() => document.querySelector('[data-stage] img')?.naturalWidth > 0),
  );

  const to = join(folder, 'copy.png');
  assert.match(await saveAs(window, to), /, without: .*/);
  await window.says('Saved as copy.png');
  const saved = await readFile(to);
  assert.deepEqual(
    chunks(saved)
      .map(([kind]) => kind)
      .filter((kind) => /tEXt|iTXt|zTXt|eXIf|tIME/.test(kind)),
    [],
  );
  assert.ok(!saved.includes('48.1'), 'it says where it was taken');
  assert.ok(pixels(saved).equals(pixels(original)), 'it has other pixels');

  // One that is there is asked about, and stays as it is where nobody says so.
  await writeFile(to, 'another');
  await saveAs(window, to);
  await seen(window, 3);
  await key('Escape');
  await seen(window, 2);
  assert.equal(await readFile(to, 'utf8'), 'another');
  await key('Escape');
  await seen(window, 1);
  assert.equal(await readFile(to, 'utf8'), 'another');

  // A place that cannot be written.
  await saveAs(window, '/proc/copy.png');
  await window.says('copy.png could not be saved in /proc');
  await window.says('Choose another place');
  assert.deepEqual((await readdir(folder)).sort(), ['copy.png', 'incident.jsonl', 'photo.png']);
  assert.ok((await stat(to)).isFile());
});
