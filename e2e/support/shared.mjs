// What the tests of a file share, begun by the first of them that needs it and ended with the last: a Chromium. Each page has
// a profile of its own in it.
import { after } from 'node:test';
import { launch } from './browser.mjs';

const ends = [];
let browser;

/** The Chromium of this file of tests. */
export function chromium() {
  browser ??= launch({ after: (end) => ends.push(end) });
  return browser;
}

after(async () => {
  for (const end of ends) await end();
});
