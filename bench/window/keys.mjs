// How long the window takes to answer a key: from the moment that the key was struck, as WebKit dates the event, to the end of
// the first frame that shows the answer. The driver strikes; the page's own clock measures, so the driver's way does not count.
import { until } from '../../e2e/support/wait.mjs';

/** Strikes keys together and returns milliseconds to the frame in which answered(before) holds; before is what look() saw. */
export async function answered(window, together, look, answer) {
  await window.execute(`
    const look = ${look}, answer = ${answer};
    const before = look();
    window.answerTook = 0;
    const struck = (event) => {
      if (['Control', 'Shift'].includes(event.key)) return;
      removeEventListener('keydown', struck, true);
      const painted = new MessageChannel();
      painted.port1.onmessage = () => (window.answerTook = performance.now() - event.timeStamp);
      const frame = () => {
        if (answer(look(), before)) painted.port2.postMessage('');
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    };
    addEventListener('keydown', struck, true);`);
  await window.press(...together);
  return until(`${together.join(' ')} is answered`, () => window.execute('return window.answerTook'));
}

const focus = '() => document.activeElement';
const another = '(now, before) => now !== before';
const gone = '(now) => !now';
const there = '(now) => Boolean(now)';
const find = (selector) => `() => document.querySelector(${JSON.stringify(selector)})`;
const composer = find('form[aria-label=Write] textarea:focus');
const lists = "() => document.querySelectorAll('form[aria-label=Write], #offers').length";
const palette = find('dialog [role=combobox]:focus');

/**
 * Keys that begin a line of one kind and a name of somebody who is there, find something in the palette, and close both; each of
 * them is struck by strike.
 */
async function keysThatWrite(window, strike, begins, name) {
  const type = async (text) => {
    for (const key of text) await strike('() => document.activeElement.value', another, key);
  };
  await strike(composer, there, begins);
  await type(`seen @${name}`);
  // The first Escape closes the list of how the line may go on, once it is there, and the second the line.
  await until('the list is there', () => window.execute("return document.getElementById('offers') !== null"));
  await strike(lists, another, 'Escape');
  await strike(lists, another, 'Escape');
  await strike(palette, there, 'Control', 'k');
  await type('pool');
  await strike(palette, gone, 'Escape');
}

const striking =
  (window, took) =>
  async (look, answer, ...together) =>
    took.push(await answered(window, together, look, answer));

/** Keys that write only, wherever an incident is open in which there is somebody of such a name. Returns a list of milliseconds. */
export async function keysOfWriting(window, name) {
  const took = [];
  await keysThatWrite(window, striking(window, took), 'l', name);
  return took;
}

/** Keys that move, begin, type and close, on the cockpit that is open. Returns a list of milliseconds. */
export async function keysInPlace(window) {
  const took = [];
  const strike = striking(window, took);
  for (let round = 0; round < 6; round += 1) {
    // One card further down with every round, and never past the cards that a column shows at first.
    for (let i = 0; i < 3; i += 1) await strike(focus, another, 'j');
    await strike(focus, another, 'ArrowRight');
    await strike(focus, another, 'ArrowLeft');
    for (let i = 0; i < 2; i += 1) await strike(focus, another, 'k');
    await keysThatWrite(window, strike, 'u', 'jo');
  }
  return took;
}

/** Keys that change the colour of an empty window, and nothing else. Returns milliseconds. */
export async function keysOnNothing(window, rounds) {
  await window.execute(`
    let dark = false;
    addEventListener('keydown', () => {
      dark = !dark;
      document.documentElement.style.background = dark ? '#111' : '#eee';
    });`);
  const took = [];
  const colour = '() => document.documentElement.style.background';
  for (let round = 0; round < rounds; round += 1) took.push(await answered(window, ['j'], colour, another));
  return took;
}

const view = (name) => `() => document.querySelector('main')?.querySelector(${JSON.stringify(name)})`;

/** Keys that open another screen, each answered when that screen is there. Returns milliseconds by screen. */
export async function keysBetween(window, rounds) {
  const took = { cockpit: [], claims: [], timeline: [], thread: [], brief: [] };
  const strike = async (name, key, selector) =>
    took[name].push(await answered(window, [key], view(selector), there));
  for (let round = 0; round < rounds; round += 1) {
    await strike('claims', '2', 'section[aria-label=Claims] [data-item]');
    await strike('timeline', '3', 'section.lanes svg, section.lanes canvas, section.lanes [data-item]');
    await strike('brief', '6', 'article[aria-label=Brief]');
    await strike('cockpit', '1', 'section[aria-label=Threads] [data-item]');
    await answered(window, ['j'], focus, another);
    await strike('thread', 'Enter', 'section.story ol li');
    await answered(window, ['Escape'], view('section[aria-label=Threads] [data-item]'), there);
  }
  return took;
}
