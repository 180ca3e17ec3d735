// Every screen of the window, and how to get there from where the window starts, by the keys that a person would use.
// `on` says which workspaces have it: one without incidents, one with the sample only, one with many.
import { damaged, look, pasteText, take } from './evidence.mjs';
import { until } from './wait.mjs';

const always = ['empty', 'sample', 'crowded'];
const withIncident = ['sample', 'crowded'];

/** Waits for the page to have drawn its first screen, and opens an incident where the list is shown first. */
async function incident(page) {
  const views = page.getByRole('navigation', { name: 'Views' });
  const list = page.getByRole('button', { name: 'Declare an incident' });
  await views.or(list).first().waitFor();
  // Until it is where the reader left it, the window has no panel.
  await page.locator('main[data-panel], main [data-panel]').filter({ visible: true }).first().waitFor();
  if (await views.isVisible()) return;
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await views.waitFor();
}

async function view(page, key, region) {
  await incident(page);
  await page.keyboard.press(key);
  await region.waitFor();
}

const cockpit = (page) => view(page, '1', page.getByRole('region', { name: 'Threads' }));
const timeline = (page) =>
  view(page, '3', page.getByRole('region', { name: 'What happened' }).locator('[data-item]').first());
const claims = (page) => view(page, '2', page.getByRole('region', { name: 'Claims' }));
const brief = (page) => view(page, '6', page.getByRole('article', { name: 'Brief' }));

async function tree(page) {
  await claims(page);
  await page.keyboard.press('j');
  await page.keyboard.press('y');
  await page.getByRole('region', { name: 'It rests on' }).waitFor();
}

/** Types a line into the log. */
async function line(page, text) {
  await page.keyboard.press('l');
  await page.getByRole('form', { name: 'Write' }).waitFor();
  await page.keyboard.press('Control+a'); // a draft may be kept from the last time
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** A screen as it was known twenty minutes ago. */
async function past(page, screen) {
  await screen(page);
  await page.keyboard.press('Shift+T');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('20 min ago');
  await page.keyboard.press('Enter');
  await page.getByText('To be read only').waitFor({ state: 'attached' });
}

/** An evidence of the sample, looked at. */
async function evidence(page, label, ...keys) {
  await claims(page);
  await look(page, label);
  for (const key of keys) await page.keyboard.press(key);
}

export const screens = [
  { name: 'brief', on: withIncident, show: brief },
  { name: 'cockpit', on: withIncident, show: cockpit },
  { name: 'claims', on: withIncident, show: claims },
  { name: 'timeline', on: withIncident, show: timeline },
  {
    name: 'inbox',
    on: withIncident,
    show: (page) => view(page, '7', page.getByRole('region', { name: 'Inbox' })),
  },
  {
    name: 'people',
    on: withIncident,
    show: (page) => view(page, '5', page.getByRole('region', { name: 'People', exact: true })),
  },
  {
    name: 'join',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('Shift+J');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'source',
    on: withIncident,
    async show(page) {
      await brief(page);
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByText('The record').waitFor();
    },
  },
  {
    name: 'thread',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: /^Thread T/ }).waitFor();
    },
  },
  {
    name: 'beside',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.getByRole('region', { name: 'Threads' }).locator('[data-item]').first().click();
      await page.getByText('The record').waitFor();
    },
  },
  {
    name: 'composer',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('j');
      await page.keyboard.press('u');
      await page.getByRole('form', { name: 'Write' }).waitFor();
      await page.keyboard.press('Control+a'); // a draft may be kept from the last time
      await page.keyboard.type('/o');
      await until('it is said how the line may go on', () => page.getByRole('option').count());
    },
  },
  {
    name: 'menu',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('j');
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'move',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('j');
      await page.keyboard.press('m');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'snooze',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('z');
      await page.getByRole('form', { name: 'Write' }).waitFor();
    },
  },
  {
    name: 'history',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.getByRole('region', { name: 'Threads' }).locator('[data-item]').first().click();
      await page.getByText('History', { exact: true }).click();
      await until('the history is listed', () => page.locator('details[open] li').count());
    },
  },
  {
    name: 'moment',
    on: withIncident,
    async show(page) {
      await timeline(page);
      await page.keyboard.press('Shift+T');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type('20 min ago');
      await page.getByText('20 min ago', { exact: false }).first().waitFor();
    },
  },
  { name: 'evidence', on: ['sample'], show: (page) => evidence(page, 'E16') },
  { name: 'evidence-text', on: ['sample'], show: (page) => evidence(page, 'E3') },
  {
    name: 'evidence-word',
    on: ['sample'],
    show: (page) => evidence(page, 'E4'),
  },
  {
    name: 'evidence-mark',
    on: ['sample'],
    async show(page) {
      await evidence(page, 'E16', 'm', 'ArrowLeft');
      await page.getByRole('button', { name: /^Keep as a copy/ }).waitFor();
    },
  },
  {
    name: 'evidence-redact',
    on: ['sample'],
    async show(page) {
      await evidence(page, 'E16', 'Shift+D', 'ArrowLeft', 'Enter');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'evidence-change',
    on: ['sample'],
    async show(page) {
      await evidence(page, 'E16', 'e');
      await page.getByLabel('Title').waitFor();
    },
  },
  {
    name: 'evidence-compare',
    on: ['sample'],
    async show(page) {
      await evidence(page, 'E16', 'b');
      await until('two pictures are drawn', async () => (await page.locator('main img').count()) === 2);
    },
  },
  { name: 'past-cockpit', on: withIncident, show: (page) => past(page, cockpit) },
  { name: 'past-timeline', on: withIncident, show: (page) => past(page, timeline) },
  { name: 'past-claims', on: withIncident, show: (page) => past(page, claims) },
  {
    name: 'search',
    on: withIncident,
    async show(page) {
      await incident(page);
      await page.keyboard.press('Control+0');
      await page.getByRole('heading', { name: 'Incidents' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('the');
      await until('something is found', () => page.locator('main mark').count());
    },
  },
  {
    name: 'handover',
    on: withIncident,
    async show(page) {
      await brief(page);
      await page.getByLabel('The next lead').check();
      await page.getByRole('heading', { name: 'Handover brief' }).waitFor();
    },
  },
  {
    name: 'returned',
    on: withIncident,
    async show(page) {
      await brief(page);
      await page.getByLabel('Someone back after a break').check();
      await page.getByRole('heading', { name: 'What changed' }).waitFor();
    },
  },
  {
    name: 'incidents',
    on: withIncident,
    async show(page) {
      await incident(page);
      await page.keyboard.press('Control+0');
      await page.getByRole('heading', { name: 'Incidents' }).waitFor();
    },
  },
  {
    name: 'settings',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('Control+,');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'declare',
    on: always,
    async show(page) {
      await page.getByRole('button', { name: 'Find or do' }).waitFor();
      await page.keyboard.press('Control+n');
      await page.getByLabel('What is broken?').waitFor();
    },
  },
  {
    name: 'palette',
    on: always,
    async show(page) {
      await page.getByRole('button', { name: 'Find or do' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find or do' }).waitFor();
      await until('the palette has found something', () => page.getByRole('option').count());
    },
  },
  {
    name: 'readings',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      const at = (minutesAgo) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
      await pasteText(page, `time,refunds waiting\n${at(20)},3\n${at(10)},38\n`);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'closing',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.evaluate(() => window.runtime.EventsEmit('closing'));
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'keys',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys for here' }).waitFor();
    },
  },
  {
    name: 'blast',
    on: withIncident,
    async show(page) {
      await claims(page);
      await page.keyboard.press('j');
      await page.keyboard.press('Shift+V');
      await page.getByRole('status', { name: 'What would fall' }).waitFor();
    },
  },
  { name: 'tree', on: withIncident, show: tree },
  {
    name: 'graph',
    on: withIncident,
    async show(page) {
      await tree(page);
      await page.keyboard.press('p');
      await page.locator('.graph [data-item]').first().waitFor();
    },
  },
  {
    name: 'recheck',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('Shift+B');
      await page.getByRole('region', { name: 'Look again' }).waitFor();
    },
  },
  {
    // It leaves a file in the inbox, beside what the sample has there.
    name: 'evidence-unshown',
    on: ['sample'],
    async show(page) {
      await claims(page);
      await look(page, await take(page, 'gw-1c-errors.png', damaged));
    },
  },
  {
    name: 'decisions',
    on: withIncident,
    show: (page) => view(page, '4', page.getByRole('region', { name: 'Decisions' })),
  },
  {
    name: 'updates',
    on: withIncident,
    show: (page) => view(page, '8', page.getByRole('region', { name: 'The next update' })),
  },
  {
    name: 'checkin',
    on: withIncident,
    async show(page) {
      await cockpit(page);
      await page.keyboard.press('i');
      await page.getByText(/^0 of \d+ heard$/).waitFor();
    },
  },
  {
    name: 'gate',
    on: ['sample'],
    async show(page) {
      await cockpit(page);
      await line(page, '/start A8');
      await page.getByRole('dialog', { name: 'hard to reverse' }).waitFor();
    },
  },
  {
    // It refutes a claim, and comes last.
    name: 'worklist',
    on: ['sample'],
    async show(page) {
      await cockpit(page);
      await line(page, '/refute C4 the graph of 1a');
      await page.getByRole('form', { name: 'Write' }).waitFor({ state: 'detached' });
      await page.keyboard.press('Shift+F');
      await page.getByRole('progressbar', { name: 'Worked through' }).waitFor();
    },
  },
];

export const themes = ['dark', 'light'];

/** The sizes that the window is drawn for: its least one, those of laptops, and a large screen. */
export const sizes = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];
