import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { workspace } from '../support/program.mjs';
import { until } from '../support/wait.mjs';
import { openWindow } from './driver.mjs';

test('a file that is no workspace is refused in words, with a code and what to do, and left alone', async (t) => {
  const dir = await workspace(t);
  const database = join(dir, 'bearings.db');
  await writeFile(database, 'a shopping list, not a database\n');
  const window = await openWindow(t, dir);
  await window.says('Try again');
  const [message, hint] = await window.execute(`
    const alert = document.querySelector('[role=alert]');
    return [alert.querySelector('h2').innerText, alert.querySelector('p:not(.do)')?.innerText]`);
  assert.match(message, /bearings\.db|database|workspace/i);
  assert.ok(hint, 'it does not say what to do');
  await window.screenshot('window-refused');

  // The details to send to somebody are the code, the message and the hint.
  await window.execute(`
    [...document.querySelectorAll('[role=alert] button')].find((b) => b.innerText === 'Copy details').click()`);
  const details = await until('the details are on the clipboard', () =>
    window.executeAsync('const [done] = arguments; window.runtime.ClipboardGetText().then(done, done)'),
  );
  assert.equal(details, `${details.split(':')[0]}: ${message}\n${hint}`);
  assert.match(details, /^[a-z_]+: /);
  assert.equal(await readFile(database, 'utf8'), 'a shopping list, not a database\n');
});

test('the page cannot be led away, framed, or made to run what it was not built with', async (t) => {
  const window = await openWindow(t, await workspace(t), ['--sample']);
  await window.says('Card payments failing at checkout');
  const home = await window.url();

  await window.execute("window.location.href = 'http://127.0.0.1:9/'");
  await window.execute("window.location.href = 'file:///etc/hostname'");
  await window.executeAsync(
    'const [done] = arguments; window.go.app.Incidents.All().then(() => done(), () => done())',
  );
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
