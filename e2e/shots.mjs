// Takes a picture of every screen, in both themes, at both sizes, with nothing, enough and too much on it, into e2e/out.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, openPage, serve } from './support/browser.mjs';
import { crowd } from './support/crowd.mjs';
import { out, sample, workspace } from './support/program.mjs';
import { screens, sizes, themes } from './support/screens.mjs';

const undo = [];
const t = { after: (end) => undo.push(end) };
try {
  await mkdir(out, { recursive: true });
  const browser = await launch(t);
  for (const [content, fill] of Object.entries({ empty: async () => {}, sample, crowded: crowd })) {
    const dir = await workspace(t);
    await fill(dir);
    const url = await serve(t, dir);
    for (const screen of screens.filter((s) => s.on.includes(content))) {
      for (const theme of themes) {
        for (const size of sizes) {
          const page = await openPage(t, browser, url, { theme, ...size });
          await screen.show(page);
          await page.screenshot({
            path: join(out, `${screen.name}-${content}-${theme}-${size.width}x${size.height}.png`),
          });
          await page.context().close();
        }
      }
    }
  }
  console.log(`The pictures are in ${out}`);
} finally {
  for (const end of undo) await end();
}
