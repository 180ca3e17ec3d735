// Files that are dragged in from another program, and pictures that are pasted, in the real window.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { copy, drag, drop, key } from '../support/desktop.mjs';
import { bearings, root, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const picture = join(root, 'internal/exchange/sample/files/gw-1a-errors.png');
const suite = join(root, 'internal/evidence/testdata/pngsuite');
const sumOf = async (file) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
const shown = async (dir) => JSON.parse(await bearings(dir, 'show', 'latest', '--json'));
const isClean = async (dir) => JSON.parse(await bearings(dir, 'check', '--json')).clean;

/** What the window says about what was taken in last. */
const took = (window) =>
  window.page(() => document.querySelector('[aria-label="What was taken in"]')?.innerText);
const tookSays = (window, words) =>
  until(
    `the window says “${words}” of what was taken in`,
    async () => (await took(window))?.includes(words),
    60_000,
  );
const inbox = (window) =>
  window.page(() =>
    Number(/(\d+) in the inbox/.exec(document.querySelector('.window > footer').innerText)?.[1] ?? 0),
  );

/** Where a claim of the cockpit stands, by what it claims. */
async function claim(window, text) {
  await until(`“${text}” is among the claims`, () =>
    window.page((text) => {
      const lines = document.querySelectorAll('[aria-label="What we believe"] [data-thing=claim]');
      const line = [...lines].find((el) => el.innerText.includes(text));
      if (!line) return false;
      document.getElementById('target')?.removeAttribute('id');
      line.id = 'target';
      return true;
    }, text),
  );
  return '#target';
}
const threads = 'section[aria-label=Threads]';

async function cockpit(t, dir) {
  const window = await openWindow(t, dir, ['--sample']);
  await window.says('Card payments failing at checkout');
  await window.press('1');
  await window.says('Do next');
  return window;
}

test('a screenshot supports a claim by being dropped on it, or pasted onto it; one more key, and it speaks against', async (t) => {
  const dir = await workspace(t);
  const window = await cockpit(t, dir);
  const target = await claim(window, 'No card was charged twice');
  const let_go = await drag(t, window, [picture], target, 'Add to C7');
  await window.screenshot('window-dragging');
  await let_go();
  await tookSays(window, ' for C7');
  await window.screenshot('window-took');
  const sides = async () => {
    const { claims } = await shown(dir);
    const { supports, contradicts } = claims.find((c) => c.label === 'C7');
    return [supports.length, contradicts.length];
  };
  assert.deepEqual(await sides(), [1, 0], 'a drop takes no key');
  await window.press('g');
  await until('it speaks against the claim', async () => (await sides())[1] === 1);
  const { evidence } = await shown(dir);
  assert.equal(evidence.at(-1).sha256, await sumOf(picture));

  // Pasted onto the claim that is selected: one key. The clipboard is another program's, and so is the keyboard.
  await copy(t, 'image/png', join(root, 'internal/exchange/sample/files/vault-p99.png'));
  const again = await claim(window, 'No card was charged twice');
  await window.page((target) => document.querySelector(`${target} [data-item]`).focus(), again);
  await key('ctrl+v');
  await tookSays(window, ' for C7');
  assert.deepEqual(await sides(), [1, 1]);
  assert.equal(
    (await shown(dir)).evidence.at(-1).sha256,
    await sumOf(join(root, 'internal/exchange/sample/files/vault-p99.png')),
  );

  // It is taken back as all else is.
  await window.press('Control', 'z');
  await until('the paste was taken back', async () => (await sides())[0] === 0);
});

test('a screenshot dropped on a thread belongs to it; one dropped on nothing is put on a thread by one key', async (t) => {
  const dir = await workspace(t);
  const window = await cockpit(t, dir);
  const before = await inbox(window);
  const card = `${threads} [data-thing=thread]`;
  assert.match(await window.page((card) => document.querySelector(card).innerText, card), /^T3\b/);
  await drop(t, window, [picture], card, 'Add to T3');
  await tookSays(window, ' on T3');
  assert.equal(await inbox(window), before);
  await window.page((card) => document.querySelector(`${card} [data-item]`).focus(), card);
  await window.press('Enter');
  await window.says('Decisions and evidence');
  await window.says((await shown(dir)).evidence.at(-1).label);

  await window.press('1');
  await window.says('Do next');
  await drop(t, window, [join(root, 'internal/exchange/sample/files/vault-p99.png')], '.strip', 'inbox');
  await tookSays(window, 'in the inbox');
  await window.press('m');
  await until('the line is begun', () =>
    window.page(() => document.activeElement?.matches('form[aria-label=Write] textarea')),
  );
  await window.type('T3');
  await window.press('Enter');
  await until('it is on the thread', async () => (await inbox(window)) === before);
});

test('a drop or a paste in the middle of a line loses nothing of it', async (t) => {
  const dir = await workspace(t);
  const window = await cockpit(t, dir);
  await window.press('l');
  await until('a line can be typed', () =>
    window.page(() => document.activeElement?.matches('form[aria-label=Write] textarea')),
  );
  await window.type('The pool is ');
  await drop(t, window, [picture], threads, 'inbox');
  await tookSays(window, 'in the inbox');
  await window.type('exhausted, ');
  await copy(t, 'image/png', join(root, 'internal/exchange/sample/files/vault-p99.png'));
  const before = (await shown(dir)).evidence.length;
  await key('ctrl+v');
  await until('the picture is evidence', async () => (await shown(dir)).evidence.length === before + 1);
  await writeFile(`${dir}.txt`, 'says the log');
  await copy(t, 'UTF8_STRING', `${dir}.txt`);
  await key('ctrl+v');
  await until('the text is in the line', () =>
    window.page(() => document.activeElement.value === 'The pool is exhausted, says the log'),
  );
  await window.press('Enter');
  await until('the line is recorded as it was typed', async () =>
    (await bearings(dir, 'search', 'pool is exhausted')).includes('The pool is exhausted, says the log'),
  );
  assert.equal(
    (await shown(dir)).evidence.length,
    before + 1,
    'text that was pasted into a line became evidence',
  );

  // Pasted nowhere in particular, it is evidence.
  await window.page(() => document.activeElement.blur());
  await key('ctrl+v');
  await until('the text is evidence', async () => (await shown(dir)).evidence.length === before + 2);
});

test('forty files, a folder, one that vanishes and one of 200 MB: each counts on its own', async (t) => {
  const dir = await workspace(t);
  const window = await cockpit(t, dir);
  const here = `${dir}-files`;
  await mkdir(join(here, 'folder/below'), { recursive: true });
  const names = Array.from({ length: 38 }, (_, n) => join(here, `${String(n).padStart(2, '0')} Ünïcode.txt`));
  await Promise.all(names.map((name, n) => writeFile(name, `line ${n}\n`)));
  const vanishing = join(here, 'vanishing.txt');
  const large = join(here, 'core.bin');
  await writeFile(vanishing, 'gone');
  await writeFile(large, '\x7fELF');
  await truncate(large, 200 << 20);
  await writeFile(join(here, 'folder/below/a.log'), '02:10:00 ERROR\n');
  const before = await inbox(window);
  const peak = async () =>
    Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${await window.pid()}/status`, 'utf8'))[1]) >> 10;
  const memory = await peak();

  const all = [...names, vanishing, large, join(here, 'folder')];
  await drop(t, window, all, threads, 'inbox');
  await tookSays(window, '40 kept in the inbox, 1 not');
  assert.match(await took(window), /Not kept: vanishing\.txt It is not there any more/);
  await until('forty more are in the inbox', async () => (await inbox(window)) === before + 40);
  const { evidence } = await shown(dir);
  assert.equal(evidence.at(-2).bytes, 200 << 20);
  const more = (await peak()) - memory;
  t.diagnostic(`${more} MiB more memory at the most`);
  assert.ok(more < 64, `${more} MiB more memory`);
  await window.screenshot('window-took-many');

  await window.press('Control', 'z');
  await until('all of them were taken back at once', async () => (await inbox(window)) === before);
  assert.ok(await isClean(dir));
});

test('of the 175 files of PngSuite 161 are shown, 14 are refused in words, and all are kept', async (t) => {
  const dir = await workspace(t);
  const window = await cockpit(t, dir);
  const files = (await readdir(suite))
    .filter((name) => name.endsWith('.png'))
    .map((name) => join(suite, name));
  assert.equal(files.length, 175);
  const before = (await shown(dir)).evidence.length;
  await drop(t, window, files, threads, 'inbox');
  await tookSays(window, '175 kept in the inbox');
  assert.match(await took(window), /14 files are kept, and cannot be shown/);
  const { evidence } = await shown(dir);
  const [{ id }] = JSON.parse(await bearings(dir, 'list', '--json'));
  assert.equal(evidence.length, before + 175);
  const statuses = await window.executeAsync(
    `const [paths, done] = arguments;
    Promise.all(paths.map(async (path) => {
      const answer = await fetch(path);
      return answer.ok && answer.headers.get('Content-Type');
    })).then(done, done)`,
    evidence.slice(before).map((e) => `/evidence/${id}/${e.id}/thumb`),
  );
  assert.equal(statuses.filter((type) => type === 'image/png' || type === 'image/jpeg').length, 161);
  assert.equal(statuses.filter((type) => type === false).length, 14);
  await window.press('7');
  await window.says('without a place, newest first');
  await until('the first pictures are drawn', () =>
    window.page(() => [...document.querySelectorAll('.picture img')].some((img) => img.naturalWidth > 0)),
  );
  await window.screenshot('window-inbox');
});

test('killed in the middle of a drop of forty files, it has all that it had acknowledged, and nothing half', async (t) => {
  const dir = await workspace(t);
  const window = await cockpit(t, dir);
  const here = `${dir}-files`;
  await mkdir(here);
  const names = Array.from({ length: 40 }, (_, n) => join(here, `${n}.bin`));
  await Promise.all(names.map((name, n) => writeFile(name, Buffer.alloc(4 << 20, n + 1))));
  const before = (await shown(dir)).evidence.length;
  await window.execute(`
    window.done = 0;
    window.runtime.EventsOn('taking', (at) => { window.done = at.done })`);
  await drop(t, window, names, threads, 'inbox');
  const acknowledged = await until('some of them are taken in', () => window.execute('return window.done'));
  process.kill(await window.pid(), 'SIGKILL');
  await window.close();

  const { incident, evidence } = await shown(dir);
  const kept = evidence.slice(before);
  t.diagnostic(`${kept.length} of 40 were kept, ${acknowledged} acknowledged`);
  assert.ok(kept.length >= acknowledged, `${acknowledged} were acknowledged, ${kept.length} are there`);
  for (const { sha256, bytes } of kept) {
    const blob = await readFile(join(dir, 'blobs', sha256.slice(0, 2), sha256));
    assert.equal(createHash('sha256').update(blob).digest('hex'), sha256);
    assert.equal(blob.length, bytes);
  }
  const again = await openWindow(t, dir);
  await again.says(incident.title);
  await again.press('7');
  await again.says('without a place');
  await until('as many are shown as there are', async () => (await inbox(again)) >= kept.length);
  await again.close();
  assert.ok(await isClean(dir));
});
