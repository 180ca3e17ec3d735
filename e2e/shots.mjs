// Takes pictures of the screens. Those of the user's guide, on the sample incident with a few others beside it, go into
// docs/pictures, in two sizes and both themes; with --all, also every screen with nothing, enough and too much on it, at every
// size, into e2e/out, for looking at.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyboardOf, launch, openPage, serve } from './support/browser.mjs';
import { crowd } from './support/crowd.mjs';
import { bearings, later, out, root, sample, workspace } from './support/program.mjs';
import { screens, sizes, themes } from './support/screens.mjs';
import { done, lineSays, share } from './support/sharing.mjs';

const pictures = join(root, 'docs/pictures');
// Those that leave something behind, a draft or a record, have a workspace of their own.
const inTheGuide = [
  [
    'cockpit',
    'claims',
    'tree',
    'inbox',
    'evidence',
    'timeline',
    'past-cockpit',
    'brief',
    'thread',
    'people',
    'decisions',
    'updates',
    'incidents',
    'palette',
  ],
  ['composer'],
  ['checkin'],
  ['worklist'],
];
const sizesInTheGuide = [
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
];

/** The sample, and what else a list of incidents would hold. */
async function aWeek(dir) {
  await sample(dir);
  const hours = 3_600_000;
  const others = [
    ['Refunds wait for an hour', 'SEV3', 'monitoring', 'Priya Nair', 3],
    ['Search shows the prices of yesterday', 'SEV2', 'resolved', 'Jonas Weber', 26],
    ['Certificate of the partner gateway ran out', 'SEV2', 'closed', 'Mara Lindqvist', 51],
    ['Push messages come twice', 'SEV4', 'closed', 'Tomás Ortega', 98],
  ];
  for (const [n, [title, severity, status, lead, ago]] of others.entries()) {
    const at = new Date(Date.now() - ago * hours).toISOString();
    const lines = [
      { do: 'incident.declare', id: `other-${n}`, title, severity },
      { do: 'role.take', role: 'lead' },
      { do: 'incident.change', status },
    ].map((record) => JSON.stringify({ at, by: lead, ...record }));
    const file = join(dir, `other-${n}.jsonl`);
    await writeFile(file, `${lines.join('\n')}\n`);
    await bearings(dir, 'import', file);
  }
}

async function take(content, fill, wanted, sizes, into, nameOf) {
  const dir = await workspace(t);
  await fill(dir);
  const url = await serve(t, dir);
  for (const screen of wanted.filter((s) => s.on.includes(content))) {
    for (const size of sizes) {
      const page = await openPage(t, browser, url, size);
      await screen.show(page, dir);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await page.screenshot({ path: join(into, `${nameOf(screen)}-${theme}-${size.width}.png`) });
      }
      await page.context().close();
    }
  }
}

/** The page about sharing: before anything is shared, in step with somebody, and when the folder is away. */
async function sharing() {
  const dir = await workspace(t);
  await sample(dir);
  // Its path is in the pictures.
  const folder = join(tmpdir(), 'payments');
  const away = `${folder}-away`;
  later(t, () => Promise.all([folder, away].map((left) => rm(left, { recursive: true, force: true }))));
  const page = await openPage(t, browser, await serve(t, dir));
  const keyboard = keyboardOf(page);
  const pictured = async (name) => {
    for (const size of sizesInTheGuide) {
      await page.setViewportSize(size);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await page.screenshot({ path: join(pictures, `sharing-${name}-${theme}-${size.width}.png`) });
      }
    }
  };
  await screens.find((screen) => screen.name === 'settings').show(page);
  await page.getByLabel('Who are you?').fill('Mara Lindqvist');
  await keyboard.press('Enter');
  await keyboard.says('What you record from now on is by this name.');
  await keyboard.press('Escape');
  await keyboard.press('Control', 'Shift', 'F');
  await keyboard.says('Share this workspace');
  await pictured('setup');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await share(keyboard, folder, { sealed: false });
  await done(keyboard);
  const [sam, priya] = [await workspace(t), await workspace(t)];
  const sync = (dir, ...more) => bearings(dir, 'sync', '--once', ...more);
  await sync(sam, '--folder', folder, '--as', 'Sam Okafor');
  await sync(priya, '--folder', folder, '--as', 'Priya Nair');
  await lineSays(keyboard, 'In step with 2 people');
  await sync(sam);
  await keyboard.press('Control', 'Shift', 'F');
  await keyboard.says('Who shares it');
  await pictured('instep');
  await rename(folder, away);
  await page.getByRole('alert').getByText('The shared folder cannot be reached.').waitFor();
  await pictured('trouble');
}

const undo = [];
const t = { after: (end) => undo.push(end) };
let browser;
try {
  await mkdir(out, { recursive: true });
  await mkdir(pictures, { recursive: true });
  browser = await launch(t);
  for (const names of inTheGuide) {
    const shown = names.map((name) => screens.find((s) => s.name === name));
    await take('sample', aWeek, shown, sizesInTheGuide, pictures, (screen) => screen.name);
  }
  await sharing();
  console.log(`The pictures of the guide are in ${pictures}`);
  if (process.argv.includes('--all')) {
    for (const [content, fill] of Object.entries({ empty: async () => {}, sample, crowded: crowd }))
      await take(content, fill, screens, sizes, out, (screen) => `${screen.name}-${content}`);
    console.log(`Every screen is in ${out}`);
  }
} finally {
  for (const end of undo) await end();
}
