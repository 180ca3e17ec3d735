// A brief that leaves the window: saved by the dialog of the desktop, and printed.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dialog, key, typed } from '../support/desktop.mjs';
import { bearings, later, workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

const run = promisify(execFile);

const close = (text) => text.replaceAll(/\s+/g, '');

/** When a page was written. East of Greenwich it says so with a plus, which markup escapes. */
const moment = (html) => new Date(/<time datetime="([^"]+)"/.exec(html)[1].replace('&#43;', '+'));

/**
 * What the command line writes as of about a moment, for who sits before the window, which wrote within a second of it: ages
 * may have moved on in that second.
 */
async function written(dir, format, at) {
  const both = [];
  for (const ms of [0, 999]) {
    const file = join(dir, `written-${ms}.${format}`);
    const asOf = new Date(at.getTime() + ms).toISOString();
    const ask = ['--format', format, '--for', userInfo().username, '--as-of', asOf, '-o', file];
    await bearings(dir, 'brief', 'latest', ...ask);
    both.push(await readFile(file));
  }
  return both;
}

async function save(window, combo, path) {
  await window.press(...combo);
  const asks = await dialog('Save the brief');
  await typed(asks, path);
  await key('Return');
}

/** A program that opens files for the desktop: it tells which, and may be told to fail. */
async function opener(t, dir) {
  const bin = `${dir}-bin`;
  await mkdir(bin);
  later(t, () => rm(bin, { recursive: true, force: true }));
  const says = `[ ! -e "${bin}/broken" ] || exit 3\necho "$1" >"${bin}/opened"`;
  await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\n${says}\n`, { mode: 0o755 });
  return bin;
}

test('a brief leaves the window', async (t) => {
  const dir = await workspace(t);
  const bin = await opener(t, dir);
  const window = await openWindow(t, dir, ['--sample'], { PATH: `${bin}:${process.env.PATH}` });
  await window.says('Card payments failing at checkout');
  await window.press('6');
  await window.says('Where you can help');

  await t.test('saved as a page and as a PDF, the same as the command line writes', async () => {
    const page = join(dir, 'out.html');
    await save(window, ['Control', 's'], page);
    await window.says('Saved as out.html');
    const html = await readFile(page);
    const at = moment(html.toString());
    assert.ok(
      (await written(dir, 'html', at)).some((file) => file.equals(html)),
      'another page',
    );

    const sheet = join(dir, 'out.pdf');
    await save(window, ['Control', 'Shift', 's'], sheet);
    await window.says('Saved as out.pdf');
    const pdf = await readFile(sheet);
    const info = (await run('pdfinfo', ['-isodates', sheet])).stdout;
    const then = new Date(/CreationDate: +(\S+)/.exec(info)[1]);
    assert.match(info, /Pages: +1\n/);
    assert.ok(
      (await written(dir, 'pdf', then)).some((file) => file.equals(pdf)),
      'another PDF',
    );
  });

  await t.test('over no file unasked, and what cannot be written is said', async () => {
    const mine = join(dir, 'mine.html');
    await writeFile(mine, 'mine');
    await save(window, ['Control', 's'], mine);
    // The question has the focus as soon as it is there; each Escape ends one of the two.
    await until('both are put off', async () => {
      await key('Escape');
      return !(await dialog.open('Save the brief'));
    });
    assert.equal(await readFile(mine, 'utf8'), 'mine');

    await save(window, ['Control', 's'], '/proc/brief.html');
    await window.says('brief.html could not be saved in /proc');
    await window.says('Choose another place');
  });

  await t.test('where nothing opens a PDF, that is said, and what to do', async () => {
    await writeFile(join(bin, 'broken'), '');
    // A machine that is busy may take longer to start what fails than the window waits to hear of it.
    await until('it is said', async () => {
      await window.press('p');
      const said = await until('the window answers', () =>
        window.page(() => /Opened as a PDF|Nothing was printed/.exec(document.body.innerText)?.[0]),
      );
      return said === 'Nothing was printed';
    });
    await window.says('No program of this machine opens a PDF. Nothing was printed.');
    await window.says('Save the brief as HTML or as a PDF');
    await rm(join(bin, 'broken'));
  });

  await t.test('what is printed is the PDF, on one sheet, and gone with the window', async () => {
    await window.press('p');
    await window.says('Opened as a PDF, to be printed');
    const address = await until('the desktop is asked to open it', () =>
      readFile(join(bin, 'opened'), 'utf8').catch(() => ''),
    );
    const file = fileURLToPath(address.trim());
    assert.match(file, /INC-2041-brief-[\d-]+\.pdf$/);
    assert.match((await run('pdfinfo', [file])).stdout, /Pages: +1\n/);
    const text = close((await run('pdftotext', ['-raw', file, '-'])).stdout);
    const said = JSON.parse(await bearings(dir, 'brief', 'latest', '--format', 'json'));
    for (const section of said.sections.filter(({ id }) => ['dont', 'who', 'help'].includes(id))) {
      for (const sentence of section.sentences) assert.ok(text.includes(close(sentence.text)), sentence.text);
    }
    await window.close();
    assert.ok(!existsSync(file), 'it is left behind');
  });
});
