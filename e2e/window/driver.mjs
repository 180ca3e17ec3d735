// The real window, through the W3C WebDriver protocol: what a person can see and do in it, and no more.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { binary, freePort, later, out, root, start } from '../support/program.mjs';
import { until } from '../support/wait.mjs';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));

let shim;
/** Compiles the shim, once a run, against the WebKit that is installed. */
function automation() {
  shim ??= (async () => {
    const library = join(root, 'build/bin/automation.so');
    const { stdout } = await run('pkg-config', ['--cflags', '--libs', 'webkit2gtk-4.1']);
    const flags = stdout.trim().split(/\s+/);
    await mkdir(join(root, 'build/bin'), { recursive: true });
    await run('gcc', [
      '-shared',
      '-fPIC',
      '-O1',
      '-Wall',
      '-o',
      library,
      join(here, 'automation.c'),
      ...flags,
    ]);
    return library;
  })();
  return shim;
}

// https://www.w3.org/TR/webdriver2/#keyboard-actions
// prettier-ignore
const keys = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Escape: '\uE00C', End: '\uE010',
  Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', F6: '\uE036',
};

/** Whether a process runs. One that has ended, and that nobody has asked about yet, does not. */
function running(pid) {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Opens the window on a workspace, with more arguments if need be, and closes it when the test is over. */
export async function openWindow(t, dir, args = [], env = {}) {
  const port = await freePort();
  const log = `${dir}.log`;
  const pidFile = `${dir}.pid`;
  later(t, () => Promise.all([log, pidFile].map((file) => rm(file, { force: true }))));
  const driver = start('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
    BEARINGS_AUTOMATION: await automation(),
    BEARINGS_BINARY: binary,
    BEARINGS_LOG: log,
    BEARINGS_PID: pidFile,
    BEARINGS_WORKSPACE: dir,
    ...env,
  });
  let session;
  async function close() {
    // The program ends as when its window is closed; the session that it takes with it is then of no use.
    const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
    if (pid > 0 && running(pid)) process.kill(pid);
    await until('the program has ended', () => !running(pid)).catch((error) => {
      process.kill(pid, 'SIGKILL'); // nothing that a test started outlives it
      throw error;
    });
    if (session) await ask('DELETE', session).catch(() => {});
    session = undefined;
    await driver.stop();
  }
  later(t, close);

  async function ask(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      // Drivers from WebKitGTK 2.52 on take nothing else; without a body there is no type to say.
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(120_000),
    });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
  await until('the driver answers', () => ask('GET', '/status'));
  const capabilities = {
    alwaysMatch: {
      // A page that refuses to be led away never finishes going there.
      pageLoadStrategy: 'none',
      'webkitgtk:browserOptions': { binary: join(here, 'launch'), args },
    },
  };
  let opened;
  try {
    opened = await ask('POST', '/session', { capabilities });
  } catch (error) {
    throw new Error(
      `the window did not open; it said: ${await readFile(log, 'utf8').catch(() => 'nothing')}`,
      { cause: error },
    );
  }
  session = `/session/${opened.sessionId}`;

  const down = (value) => ({ type: 'keyDown', value });
  const up = (value) => ({ type: 'keyUp', value });
  const strike = (actions) =>
    actions.length > 0 &&
    ask('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  const execute = (script, ...values) => ask('POST', `${session}/execute/sync`, { script, args: values });
  return {
    execute,
    executeAsync: (script, ...values) => ask('POST', `${session}/execute/async`, { script, args: values }),
    close,
    /** The process of the window. */
    pid: async () => Number(await readFile(pidFile, 'utf8')),
    /** Waits until the page says it. The page may keep words with a hyphen together. */
    says: (words) =>
      until(`the window says “${words}”`, () =>
        execute("return document.body.innerText.replaceAll('\\u2011', '-').includes(arguments[0])", words),
      ),
    url: () => ask('GET', `${session}/url`),
    /** Types into what has the focus, key by key, or into the element that a CSS selector finds. */
    async type(text, selector) {
      if (!selector) {
        await strike([...text].flatMap((key) => [down(key), up(key)]));
        return;
      }
      const found = await ask('POST', `${session}/element`, { using: 'css selector', value: selector });
      await ask('POST', `${session}/element/${Object.values(found)[0]}/value`, { text });
    },
    /** Presses keys together, the last one last: press('Control', 'k'). */
    async press(...names) {
      const together = names.map((name) => keys[name] ?? name);
      await strike([...together.map(down), ...together.map(up).reverse()]);
    },
    /** What a function finds on the page. */
    page: (read, ...values) => execute(`return (${read})(...arguments)`, ...values),
    async screenshot(name) {
      await mkdir(out, { recursive: true });
      await writeFile(
        join(out, `${name}.png`),
        Buffer.from(await ask('GET', `${session}/screenshot`), 'base64'),
      );
    },
  };
}
