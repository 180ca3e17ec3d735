// Measures how long a person waits for the first sentence of the brief, and how much of that an empty window of the same
// versions takes too; how soon what another process recorded is shown; and a whole `bearings brief` against a whole
// `bearings --version`. Prints one RATIO line each.
// Usage: start.mjs EMPTY_WINDOW PAINTED_LIBRARY, on a display (e2e/desktop makes one).
import { spawn, spawnSync } from 'node:child_process';
import { bearings, binary, sample, workspace as emptyWorkspace } from '../../e2e/support/program.mjs';
import { openWindow } from '../../e2e/window/driver.mjs';
import { compare } from './ratio.mjs';

const [emptyWindow, painted] = process.argv.slice(2);
const undo = [];
const t = { after: (end) => undo.push(end) };
const workspace = await emptyWorkspace(t);
const env = { ...process.env, BEARINGS_WORKSPACE: workspace };
const now = () => performance.timeOrigin + performance.now();

/** Milliseconds from starting a window until the frame with the text in it. */
function untilPainted(program, args, text) {
  return new Promise((resolve, reject) => {
    const begun = now();
    const window = spawn(program, args, {
      env: { ...env, LD_PRELOAD: painted, BENCH_TEXT: JSON.stringify(text) },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
    });
    let said = '';
    window.stdout.on('data', (chunk) => (said += chunk));
    window.stderr.on('data', (chunk) => (said += chunk));
    window.once('error', reject);
    window.once('close', () => {
      const at = /^painted ([\d.]+)$/m.exec(said);
      if (at) resolve(Number(at[1]) - begun);
      else reject(new Error(`${program} never painted “${text}”; it said: ${said}`));
    });
  });
}

/** Milliseconds of a whole process. */
function whole(...args) {
  const begun = performance.now();
  const { status, stderr } = spawnSync(binary, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`bearings ${args.join(' ')}: ${stderr}`);
  return performance.now() - begun;
}

try {
  await sample(workspace);
  const brief = JSON.parse(await bearings(workspace, 'brief', 'latest', '--format', 'json'));
  const first = brief.sections.find((section) => section.id === 'situation').sentences[0].text;

  await compare(
    'window: launch to first sentence of the brief / empty window',
    1.5,
    () => untilPainted(binary, [], first),
    () => untilPainted(emptyWindow, [], 'There is nothing here.'),
  );
  const cockpit = await openWindow(t, workspace, []);
  await cockpit.says('Card payments failing at checkout');
  await cockpit.press('1');
  await cockpit.says('Do next');
  // A word in a thread that is there: a column shows so many threads, and new ones stand at its end.
  const { threads } = JSON.parse(await bearings(workspace, 'show', 'latest', '--json'));
  const { id: thread } = threads.find(({ state }) => state === 'active');
  let word = 0;
  await compare(
    'window: what another process recorded is shown / a second',
    1,
    async () => {
      word += 1;
      const text = `Word ${word} of the measurement`;
      await bearings(
        workspace,
        'record',
        'latest',
        JSON.stringify({ do: 'note.add', by: 'Ana', thread, text }),
      );
      const recorded = performance.now();
      await cockpit.says(text);
      return performance.now() - recorded;
    },
    () => 1000,
  );
  await cockpit.close();
  await compare(
    'bearings brief on the sample / bearings --version',
    3,
    () => whole('brief', 'latest'),
    () => whole('--version'),
  );
} finally {
  for (const end of undo) await end();
}
