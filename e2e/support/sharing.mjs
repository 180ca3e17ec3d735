// Sharing set up from the window by keyboard alone, by whoever drives it: WebKit's driver or Chromium's. A keyboard is that
// of incident.mjs.
import { until } from './wait.mjs';

const focused = (keyboard, id) =>
  until(`#${id} has the focus`, () => keyboard.page((id) => document.activeElement?.id === id, id));

/** What the status bar says of sharing. */
export const line = (keyboard) =>
  keyboard.page(() => document.querySelector('footer .sharing')?.innerText.trim() ?? '');

export const lineSays = (keyboard, words) =>
  until(`the status bar says “${words}”`, async () => (await line(keyboard)).includes(words), 30_000);

/** Opens the page, and chooses a folder. */
async function choose(keyboard, folder) {
  await keyboard.press('Control', 'Shift', 'F');
  await keyboard.says('Share this workspace');
  await focused(keyboard, 'share-folder');
  await keyboard.press('Control', 'a');
  await keyboard.type(folder);
  await keyboard.press('Enter');
}

/** Shares the workspace through a folder: its first two steps, and the third where it is sealed. */
export async function share(keyboard, folder, { name = 'Payments on call', sealed = true } = {}) {
  await choose(keyboard, folder);
  await focused(keyboard, 'share-name');
  await keyboard.type(name);
  if (!sealed) {
    const onChoice = () => keyboard.page(() => document.activeElement?.name === 'sealed');
    for (let i = 0; i < 4 && !(await onChoice()); i += 1) await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
  }
  await keyboard.press('Enter');
  await keyboard.says('Invite the others');
  if (sealed) await focused(keyboard, 'invite-for');
  else await keyboard.says('No invitation is needed');
}

/** Invites somebody: the form has the focus. Returns the six words, as the page shows them. */
export async function invite(keyboard, person, path) {
  await keyboard.type(person);
  await keyboard.press('Tab');
  await keyboard.press('Control', 'a');
  await keyboard.type(path);
  await keyboard.press('Enter');
  // They are worth guessing only at a second for each guess, which a busy machine makes several.
  await until(
    'the six words are shown',
    () => keyboard.page(() => document.activeElement?.matches('.words') === true),
    60_000,
  );
  return keyboard.page(() => document.querySelector('.words').innerText.trim().split(/\s+/).join(' '));
}

/** Leaves the last step, and the page. */
export async function done(keyboard) {
  const onDone = () => keyboard.page(() => document.activeElement?.innerText === 'Done');
  for (let i = 0; i < 6 && !(await onDone()); i += 1) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await keyboard.says('Who shares it');
  await keyboard.press('Escape');
}

/** Goes through the steps of joining what is shared in a folder: by an invitation, where it is sealed. */
export async function askToJoin(keyboard, folder, { person, invitation, words } = {}) {
  await choose(keyboard, folder);
  if (invitation) {
    await focused(keyboard, 'share-invitation');
    await keyboard.type(invitation);
    await keyboard.press('Enter');
    await focused(keyboard, 'share-words');
    await keyboard.type(words);
    await keyboard.press('Tab');
  } else await focused(keyboard, 'share-person');
  await keyboard.press('Control', 'a');
  await keyboard.type(person);
  await keyboard.press('Enter');
}

/** Joins what is shared in a folder. */
export async function join(keyboard, folder, asking) {
  await askToJoin(keyboard, folder, asking);
  await until(
    'it is joined',
    () => keyboard.page(() => document.querySelector('[data-member]') !== null),
    60_000,
  );
}
