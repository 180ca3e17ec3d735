// Evidence to look at, and the way to its screen.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What nobody is to find again once it was redacted. */
export const secret = 'card 4929-1234-5678-9012';

/** A log of ten thousand lines with a secret on the 5,002nd, and a line that is a page. */
export function log() {
  const lines = [];
  for (let n = 1; n <= 10_000; n++) {
    const second = String(n % 60).padStart(2, '0');
    lines.push(`02:14:${second} gateway-1a request ${n} ${n % 100 === 0 ? 'timeout after 10000 ms' : 'ok'}`);
  }
  lines[5001] = `02:14:22 gateway-1a charged ${secret}`;
  lines[9998] = '<img src="https://example.com/x" onerror="document.title=1"> \u202egnp.exe';
  return lines.join('\n') + '\n';
}

/** Takes a file in as somebody would who dropped it, and returns its label. */
export async function take(page, name, content, on = '') {
  const dir = await mkdtemp(join(tmpdir(), 'bearings-evidence-'));
  try {
    const path = join(dir, name);
    await writeFile(path, content);
    return await page.evaluate(
      async ({ path, on }) => {
        const { list } = await window.go.app.Incidents.Start();
        const incident = list.incidents[0].id;
        const ask = { incident, on, relation: '', how: 'drop' };
        return (await window.go.app.Evidence.Files(ask, [path])).rows[0].label;
      },
      { path, on },
    );
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** A picture whose file ends too early. */
export const damaged = Buffer.from('89504e470d0a1a0a0000000d49484452000003840000021c0802000000', 'hex');

/** Pastes text onto what has the focus. */
export const pasteText = (page, text) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);

/** Opens an evidence by its label, as one would who knows it. */
export async function look(page, label) {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find or do' });
  await field.fill(label);
  await page
    .getByRole('option', { name: new RegExp(`^${label}\\b`) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: `What is known of ${label}` }).waitFor();
}

/** Whether any file below a folder holds some words. */
export async function anywhere(dir, words) {
  const found = await promisify(execFile)('grep', ['-rlaF', '--', words, dir]).catch((error) => error);
  if (found.code !== undefined && found.code !== 1) throw found;
  return found.stdout.trim().split('\n').filter(Boolean);
}
