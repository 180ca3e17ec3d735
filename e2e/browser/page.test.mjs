// The brief as a page of its own, opened from the disk as somebody without the program does: no script runs, no request is
// made, and it can be read on a phone, on a screen and on paper.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { accessibility } from '../support/browser.mjs';
import { bearings, later, out, root, sample, workspace } from '../support/program.mjs';
import { chromium } from '../support/shared.mjs';

const names = JSON.parse(await readFile(join(root, 'e2e/testdata/blns.json'), 'utf8'));
const widths = [360, 768, 1280];
const shots = join(out, 'page');
await mkdir(shots, { recursive: true });

/** Writes a page of the newest incident of a workspace. */
async function pageOf(dir, name, ...args) {
  const file = join(dir, `${name}.html`);
  await bearings(dir, 'brief', 'latest', '--format', 'html', '-o', file, ...args);
  return file;
}

/** Opens a page from the disk with scripts off and the network refused; every request but for the file itself is kept. */
async function open(t, browser, file, options = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    offline: true,
    ...options,
  });
  later(t, () => context.close());
  const asked = [];
  const problems = [];
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url === pathToFileURL(file).href || url.startsWith('data:')) return route.continue();
    asked.push(url);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(pathToFileURL(file).href);
  return { page, asked, problems };
}

const kept = [];
after(async () => {
  for (const end of kept) await end();
});
let ofSample;
/** A workspace with the sample, for all tests of this file that only read it. */
const told = () =>
  (ofSample ??= (async () => {
    const dir = await workspace({ after: (end) => kept.push(end) });
    await sample(dir);
    return dir;
  })());

/** How many pages a PDF has: each is an object of its own. */
const sheets = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;

test('a brief is read on a phone, on a screen and on paper', async (t) => {
  const dir = await told();
  const browser = await chromium();
  for (const length of ['1m', '5m', 'full']) {
    await t.test(`${length}: ${widths.join(', ')} px, light and dark`, async (t) => {
      const file = await pageOf(dir, `brief-${length}`, '--length', length);
      const { page, asked, problems } = await open(t, browser, file);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          const beyond = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          assert.equal(beyond, 0, `something is wider than ${width} px`);
          // One of them is enough to look at: the drawing of a whole page takes a second.
          if (length === '5m')
            await page.screenshot({ path: join(shots, `${width}-${colorScheme}.png`), fullPage: true });
        }
      }
      assert.deepEqual(asked, [], 'the page asks the network for something');
      assert.deepEqual(problems, []);
    });
  }
});

test('five minutes are one sheet of A4 and of Letter', async (t) => {
  const dir = await told();
  const browser = await chromium();
  for (const [name, ...args] of [['join'], ['leadership', '--for-leadership'], ['short', '--length', '1m']]) {
    const file = await pageOf(dir, name, ...args);
    const { page, asked } = await open(t, browser, file);
    // In letters of nine points at least, of eight nothing is read without effort at three in the morning.
    assert.match(await page.locator('body').getAttribute('class'), /^(roomy|dense s9\d)$/, name);
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format });
      await writeFile(join(shots, `${name}-${format}.pdf`), pdf);
      assert.equal(sheets(pdf), 1, `${name} on ${format}`);
    }
    assert.deepEqual(asked, []);
  }
});

// The checker is a script, which is put in from outside: here, and only here, scripts are on.
test('nothing that axe objects to, in light, dark and print', async (t) => {
  const dir = await told();
  const browser = await chromium();
  const file = await pageOf(dir, 'brief', '--length', 'full');
  const { page } = await open(t, browser, file, { javaScriptEnabled: true });
  for (const colorScheme of ['light', 'dark']) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await accessibility(page), [], `${colorScheme}, ${width} px`);
    }
  }
  // Paper has no dark, and a width of its own.
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await accessibility(page), [], 'print');
});

test('what others typed is text', async (t) => {
  const dir = await workspace(t);
  const at = '2026-11-22T02:00:00Z';
  const ours = [
    '<img src=x onerror="window.ran=1">',
    '</style><script>window.ran=1</script>',
    '"><svg/onload=window.ran=1>',
  ];
  const texts = [...ours, ...names].filter((text) => text.trim() !== '' && !text.includes('\0'));
  const lines = [
    {
      do: 'incident.declare',
      title: ours[0],
      severity: 'SEV1',
      impact: ours[1],
      id: 'inc',
    },
  ];
  texts.forEach((s, n) => lines.push({ do: 'thread.open', title: s, owner: s, id: `t${n}` }));
  const file = join(dir, 'naughty.jsonl');
  await writeFile(file, lines.map((l) => JSON.stringify({ at, by: 'Ada', ...l })).join('\n'));
  await bearings(dir, 'import', file, '--as', 'Ada');
  const browser = await chromium();
  // Scripts are on here: the page's own policy has to hold.
  const { page, asked } = await open(t, browser, await pageOf(dir, 'naughty', '--length', 'full'), {
    javaScriptEnabled: true,
    viewport: { width: 360, height: 800 },
  });
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(await page.locator('script, iframe, object, embed, form, img').count(), 0);
  assert.match(await page.locator('h1').innerText(), /<img src=x onerror="window\.ran=1">/);
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(beyond, 0, 'something is wider than the page');
  assert.deepEqual(asked, []);
});
