// The built page in Chromium, on the real Go behind it: the dev build serves both on this machine's loopback.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { devBinary, freePort, later, root, start } from './program.mjs';
import { until } from './wait.mjs';

const installed = createRequire(join(root, 'frontend/package.json'));
const { chromium } = installed('playwright-core');
const axe = readFileSync(installed.resolve('axe-core/axe.min.js'), 'utf8');

/** What the program behind an address has said, for tests that fail. */
const saidAt = new Map();

/** Serves a workspace until the test is over, and returns where. */
export async function serve(t, dir) {
  const address = `127.0.0.1:${await freePort()}`;
  const program = start(devBinary, [], {
    BEARINGS_WORKSPACE: dir,
    devserver: address,
    assetdir: join(root, 'frontend/dist'),
    loglevel: 'error',
  });
  later(t, () => program.stop());
  const url = `http://${address}/`;
  await until(
    'the dev build serves the page',
    async () => {
      if (!program.running()) throw new Error(`it ended, saying: ${program.said()}`);
      return (await fetch(url)).ok;
    },
    30_000,
  );
  saidAt.set(url, program.said);
  return url;
}

/**
 * Starts one Chromium for a file of tests. CHROMIUM names another than the one found. The shell without a face of its own is
 * looked for first: it starts in half the time, and draws pages only.
 */
export async function launch(t) {
  const names = process.env.CHROMIUM
    ? [process.env.CHROMIUM]
    : ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
  const found = names.map((name) => {
    try {
      return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
    } catch {
      return '';
    }
  });
  const executablePath = found.find((path) => path !== '');
  if (!executablePath) throw new Error(`no Chromium here: looked for ${names.join(', ')}`);
  const browser = await chromium.launch({
    executablePath,
    // Without a sandbox, for tests run by root in a container; without anything that calls home.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
  later(t, () => browser.close());
  return browser;
}

/** Opens the page, in a fresh profile, and fails the test on any error that the page reports. */
export async function openPage(t, browser, url, { theme = 'dark', width = 1280, height = 800 } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => {
    // The overlay of Wails' development server stumbles over a page that is still loading. The release has none.
    if (!error.stack?.includes('/wails/ipc.js')) problems.push(`page: ${error.stack}`);
  });
  page.on('console', (message) => {
    // Only a browser asks for a favicon; the window has none.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
      problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  await page.goto(url).catch((error) => {
    throw new Error(`the page did not open; the program said: ${saidAt.get(url)?.()}`, { cause: error });
  });
  page.problems = problems;
  later(t, () => context.close());
  return page;
}

/** The keyboard of a page, as what is run in both the window and Chromium wants it. */
export function keyboardOf(page) {
  return {
    press: (...together) => page.keyboard.press(together.join('+')),
    type: (text) => page.keyboard.type(text),
    says: (words) =>
      until(`the page says “${words}”`, () =>
        page.evaluate((words) => document.body.innerText.replaceAll('\u2011', '-').includes(words), words),
      ),
    page: (read, ...values) => page.evaluate(read, ...values),
  };
}

// Every rule of WCAG 2.2 AA, and those of them that hang on the theme.
const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const colours = ['color-contrast', 'link-in-text-block'];
const rules = {
  all: { runOnly: all },
  colours: { runOnly: { type: 'rule', values: colours } },
  structure: { runOnly: all, rules: Object.fromEntries(colours.map((rule) => [rule, { enabled: false }])) },
};

/**
 * What axe finds on the page as it is now, in all rules, those of its colours or those of its structure, one line each; nothing
 * when all is well.
 */
export async function accessibility(page, which = 'all') {
  // Evaluated by the debugger, which the page's Content-Security-Policy does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (rules) => window.axe.run(document, { ...rules, resultTypes: ['violations'] }),
    rules[which],
  );
  return violations.flatMap((v) =>
    v.nodes.map(
      (node) =>
        `${v.id}: ${v.help}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
}
