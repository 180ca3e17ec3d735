// What others wrote, and what files are called, is text: it runs nothing and fetches nothing. The strings are those of the
// Big List of Naughty Strings (testdata/blns.LICENSE), and some of our own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openPage, serve } from '../support/browser.mjs';
import { beyond } from '../support/fit.mjs';
import { bearings, binary, root, workspace } from '../support/program.mjs';
import { screens, sizes } from '../support/screens.mjs';
import { chromium } from '../support/shared.mjs';
import { until } from '../support/wait.mjs';

const run = promisify(execFile);
const ours = [
  '../../x',
  '<img src=x onerror="window.ran=1">',
  '{@html "<script>window.ran=1</script>"}',
  '"><svg/onload=window.ran=1>',
  'photo\u202egnp.exe',
  '[a](javascript:window.ran=1)',
  'https://example.invalid/<script>',
];
const strings = [...JSON.parse(await readFile(join(root, 'e2e/testdata/blns.json'), 'utf8')), ...ours].filter(
  (text) => text.trim() !== '' && !text.includes('\0'),
);

/** Each string in every field of an evidence, and in turn in the fields of all else that has text. */
function records() {
  const at = '2026-11-22T02:00:00Z';
  const lines = [
    { do: 'incident.declare', id: 'inc', by: 'Ada', title: ours[1], severity: 'SEV1', impact: ours[3] },
  ];
  const others = [
    (s) => ({ do: 'note.add', text: s, seeing: s, doing: s, need: s }),
    (s) => ({ do: 'claim.make', text: s, wrong_if: s, test: s }),
    (s) => ({ do: 'thread.open', title: s, owner: s }),
    (s) => ({ do: 'action.add', text: s, owner: s }),
    (s) => ({ do: 'decision.make', text: s, why: s }),
    (s) => ({ do: 'update.send', audience: s, text: s }),
    (s) => ({ do: 'reading.add', name: s, value: 1, unit: s }),
    (s) => ({ do: 'tripwire.set', if: s, then: s, owner: s }),
    (s) => ({ do: 'dont.add', text: s }),
    (s) => ({ do: 'question.ask', text: s }),
    (s) => ({ do: 'criterion.add', text: s }),
    (s) => ({ do: 'person.join', why: s, by: s }),
  ];
  strings.forEach((s, n) => {
    lines.push({
      do: 'evidence.add',
      kind: 'log',
      title: s,
      text: s,
      url: s,
      file: s,
      said_by: s,
      origin: s,
    });
    lines.push(others[n % others.length](s));
  });
  return lines.map((line, n) => JSON.stringify({ id: `r${n}`, by: 'Ada', at, ...line })).join('\n');
}

/** Notes whatever a page asks of another place than its own, and looks whether any of the strings became part of it. */
async function watched(page, url) {
  const elsewhere = [];
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(url) && !to.startsWith('data:')) elsewhere.push(to);
  });
  page.on('dialog', (dialog) => {
    elsewhere.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => elsewhere.push(`popup: ${popup.url()}`));
  const scripts = await page.locator('script').count();
  // Whatever of the strings became part of the page would be of one of these.
  const inert = async (where) => {
    const found = await page.evaluate(() => ({
      ran: window.ran,
      scripts: document.scripts.length,
      others: [
        ...document.querySelectorAll(
          'iframe, object, embed, base, meta[http-equiv=refresh], video, audio, form[action]',
        ),
      ].length,
      handlers: [...document.querySelectorAll('main *')].filter((el) =>
        [...el.attributes].some(({ name, value }) => name.startsWith('on') || /^\s*javascript:/i.test(value)),
      ).length,
      pictures: [...document.images].filter((img) => !img.getAttribute('src').startsWith('/evidence/'))
        .length,
    }));
    assert.deepEqual(found, { ran: undefined, scripts, others: 0, handlers: 0, pictures: 0 }, where);
  };
  return { elsewhere, inert };
}

test('what is written in a record or in the name of a file runs nothing, fetches nothing, and shows as it is', async (t) => {
  const dir = await workspace(t);
  const file = `${dir}.jsonl`;
  await writeFile(file, records());
  const { stdout } = await run(binary, ['import', file, '--as', 'Ada', '--json'], {
    env: { ...process.env, BEARINGS_WORKSPACE: dir },
  });
  const [{ added }] = [JSON.parse(stdout)].flat();
  t.diagnostic(`${strings.length} strings in ${added} records`);
  assert.ok(added > 1.9 * strings.length, `only ${added} records came in`);

  const url = await serve(t, dir);
  const page = await openPage(t, await chromium(), url);
  const { elsewhere, inert } = await watched(page, url);

  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await inert('the brief');
  for (const [view, mark] of [
    ['Cockpit', 'section[aria-label=Threads]'],
    ['Claims', 'section[aria-label=Claims]'],
    ['Timeline', '[aria-label=Timeline], [aria-label="The record"], main'],
  ]) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click();
    await page.locator(mark).first().waitFor();
    await inert(view);
  }

  // Files that are called so, as far as a file can be.
  const folder = `${dir}-files`;
  await mkdir(folder);
  const names = strings.filter(
    (s) => !/[/\0]/.test(s) && !/^\.{1,2}$/.test(s) && Buffer.byteLength(s) <= 255,
  );
  await Promise.all(names.map((name) => writeFile(join(folder, name), name)));
  const [{ id }] = JSON.parse(await bearings(dir, 'list', '--json'));
  const took = await page.evaluate(
    ([incident, paths]) =>
      window.go.app.Evidence.Files({ incident, on: '', relation: '', how: 'drop' }, paths),
    [id, names.slice(-150).map((name) => join(folder, name))],
  );
  assert.deepEqual(took.left, []);
  t.diagnostic(`${took.rows.length} files with such names`);

  // All of the inbox: every string as the name of an evidence, as its text, its link and its file.
  await page.keyboard.press('7');
  const inbox = page.getByRole('region', { name: 'Inbox' });
  await inbox.waitFor();
  while (await inbox.getByRole('button', { name: /^\d+ more$/ }).count()) {
    const rows = await inbox.locator('li').count();
    await inbox.getByRole('button', { name: /^\d+ more$/ }).click();
    await until('more rows are there', async () => (await inbox.locator('li').count()) > rows);
  }
  await inert('the inbox');
  const shown = new Set(
    await inbox.locator('li .name > [dir]').evaluateAll((all) => all.map((el) => el.textContent)),
  );
  for (const text of strings) assert.ok(shown.has(text), `it is not shown as it is: ${JSON.stringify(text)}`);

  // The worst of them opened, with all that is said of them.
  const worst = strings.flatMap((s, n) => (/<|javascript:|\$\(/.test(s) ? [n] : [])).slice(0, 12);
  for (const n of worst) {
    await inbox.locator(`[data-opens=r${2 * n + 1}]`).click();
    await page
      .getByRole('button', { name: /Close|Back/ })
      .first()
      .waitFor();
    await inert(strings[n]);
    await page.keyboard.press('Escape');
  }
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(page.problems, []);
});

/** An incident with all of the strings spread over every field of every kind of record that the program lists. */
async function filled(dir) {
  const list = `${dir}.json`;
  const file = `${dir}.jsonl`;
  await writeFile(list, JSON.stringify(strings));
  const { stdout } = await run('go', ['run', '-trimpath', '-tags', 'sqlite_fts5', './e2e/filled', list], {
    cwd: root,
  });
  for (const text of strings) {
    assert.ok(stdout.includes(JSON.stringify(text).slice(1, -1)), `it is not in the file: ${text}`);
  }
  await writeFile(file, stdout);
  await bearings(dir, 'import', file, '--strict', '--as', 'Ada');
}

/** What has to hold of every page, whatever is written on it. */
async function holds(page, { elsewhere, inert }, where) {
  await inert(where);
  for (const size of sizes) {
    await page.setViewportSize(size);
    assert.equal(await beyond(page), 0, `${where} is wider than ${size.width} × ${size.height}`);
  }
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(page.problems, []);
}

test('every screen with such texts in every kind of record', async (t) => {
  const dir = await workspace(t);
  await filled(dir);
  const url = await serve(t, dir);
  const browser = await chromium();
  for (const screen of screens.filter(({ on }) => on.includes('crowded'))) {
    await t.test(`${screen.name}, hostile`, async (t) => {
      const page = await openPage(t, browser, url);
      const watch = await watched(page, url);
      await screen.show(page, dir);
      await holds(page, watch, screen.name);
    });
  }
});
