import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { workspace } from '../support/program.mjs';
import { openWindow } from './driver.mjs';

test('an error reaches the page with a code, what happened and what to do', async (t) => {
  const window = await openWindow(t, await workspace(t), ['--sample']);
  await window.says('Card payments failing at checkout');
  const { value, error } = await window.call('app.Board.Cockpit', 'no-such-incident');
  assert.equal(value, undefined);
  assert.deepEqual(Object.keys(error).sort(), ['code', 'hint', 'message']);
  assert.equal(error.code, 'not_found');
  assert.match(error.message, /no-such-incident/);
  assert.notEqual(error.hint, '');
});

test('a file that is no workspace is refused in words, and left alone', async (t) => {
  const dir = await workspace(t);
  await writeFile(join(dir, 'bearings.db'), 'a shopping list, not a database\n');
  const window = await openWindow(t, dir);
  await window.says('Try again');
  const said = await window.execute("return document.querySelector('[role=alert]')?.innerText");
  assert.match(said, /bearings\.db|database|workspace/i);
  await window.screenshot('window-refused');
});

test('the page cannot be led away, framed, or made to run what it was not built with', async (t) => {
  const window = await openWindow(t, await workspace(t), ['--sample']);
  await window.says('Card payments failing at checkout');
  const home = await window.url();

  await window.execute("window.location.href = 'http://127.0.0.1:9/'");
  await window.execute("window.location.href = 'file:///etc/hostname'");
  await window.call('app.Incidents.All');
  assert.equal(await window.url(), home);
  await window.says('Card payments failing at checkout');

  const ran = await window.execute(`
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    let evaluated = true;
    try { Function('return 1')() } catch { evaluated = false }
    return [Boolean(window.ran), evaluated];`);
  assert.deepEqual(ran, [false, false], 'an inline script, or a string, was run');

  const refused = await window.executeAsync(`
    const [done] = arguments;
    addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
    const frame = document.createElement('iframe');
    frame.src = 'data:text/html,a page of somebody else';
    document.body.append(frame);`);
  assert.equal(refused, 'frame-src');
});
