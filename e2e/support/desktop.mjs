// What a person does on the desktop with other programs: drags files from one into the window, and copies in one what is
// pasted in the other.
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { later, root, start } from './program.mjs';
import { until } from './wait.mjs';

const run = promisify(execFile);
const xdotool = (...args) => run('xdotool', args.map(String));

/** Where the program lies from which is dragged: a corner of the screen that the window leaves free. */
const source = { x: 1530, y: 960 };

/** How far the content of the page is from the corner of the screen. A mouse that moves tells. */
async function origin(window) {
  await window.execute(`
    window.mouse = undefined;
    addEventListener('mousemove', (e) => { window.mouse = [e.clientX, e.clientY] })`);
  let step = 0;
  const at = await until('the page sees the mouse', async () => {
    step = (step + 1) % 20;
    const [x, y] = [500 + step, 420 + step];
    await xdotool('mousemove', x, y);
    const mouse = await window.execute('return window.mouse');
    if (!mouse) return undefined;
    // The event must be that of the last move.
    const [mx, my] = mouse;
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [ax, ay] = await window.execute('return window.mouse');
    return ax === mx && ay === my && { x: x - ax, y: y - ay };
  });
  return at;
}

/** The middle of what a selector finds, as the page counts. */
const middleOf = (window, selector) =>
  window.page((selector) => {
    const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + Math.min(height / 2, 20))];
  }, selector);

/**
 * Drags files from another program over what a selector finds, until the window says what would happen. Returns how to
 * let go.
 */
export async function drag(t, window, files, selector, words) {
  const corner = await origin(window);
  const program = start('/usr/bin/python3', [
    join(root, 'e2e/support/dragsource.py'),
    source.x,
    source.y,
    ...files,
  ]);
  later(t, () => program.stop());
  const said = (word) => program.said().split('\n').includes(word);
  const says = (word) =>
    until(`the other program says ${word}`, () => {
      if (!program.running()) throw new Error(program.said());
      return said(word);
    });
  await says('ready');
  let nudge = 0;
  await until('the drag begins', async () => {
    // A button that was pressed before the program listened is pressed again.
    if (nudge % 40 === 0) {
      await xdotool('mouseup', 1, 'mousemove', source.x + 30, source.y + 15, 'mousedown', 1);
    }
    nudge += 4;
    await xdotool('mousemove', source.x + 30 - (nudge % 40), source.y + 15 - (nudge % 40));
    return said('begun');
  });
  await until(`the window says “${words}”`, async () => {
    const [x, y] = await middleOf(window, selector);
    nudge = (nudge + 1) % 6;
    await xdotool('mousemove', corner.x + x + nudge, corner.y + y);
    return window.page((words) => document.querySelector('.hint')?.innerText.includes(words), words);
  });
  return async () => {
    await xdotool('mouseup', 1);
    await says('ended');
    await program.stop();
  };
}

/** Drags files from another program and lets go of them over what a selector finds. */
export async function drop(t, window, files, selector, words) {
  await (
    await drag(t, window, files, selector, words)
  )();
}

/** Puts a file on the clipboard as another program does, of a type: image/png, text/uri-list. */
export async function copy(t, type, file) {
  const owner = spawn('xclip', ['-quiet', '-selection', 'clipboard', '-t', type, '-i', file], {
    stdio: 'ignore',
  });
  later(t, () => owner.kill());
  await until('the clipboard has it', async () => {
    const { stdout } = await run('xclip', ['-selection', 'clipboard', '-t', 'TARGETS', '-o']);
    return stdout.includes(type);
  });
}

/** Presses keys together on the real keyboard: key('ctrl+v'). What pastes must come from a person. */
export const key = (combo) => xdotool('key', combo);

/** The id of a dialog of the desktop whose title begins so, once it is there. */
export async function dialog(title) {
  return until(`the dialog “${title}” is there`, () => dialog.open(title));
}

dialog.open = async (title) => {
  const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--name', `^${title}`]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim().split('\n')[0];
};

/** Types into the field that a dialog has the focus in, in place of what it holds. */
export async function typed(id, text) {
  await xdotool('windowactivate', '--sync', id);
  await xdotool('key', 'ctrl+a');
  await xdotool('type', '--delay', '5', text);
}
