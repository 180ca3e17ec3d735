// Measures the first join of a shared folder beside libraries that replicate documents, on the same records: time, and the
// most memory of the process that joins. Ours verifies every batch and is durable when it is done; theirs are in memory.
// Prints RATIO lines. Usage: join.mjs FOLDER, a shared folder as bench/threeyears makes it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bearings, binary } from '../../e2e/support/program.mjs';
import { ratio } from '../window/ratio.mjs';

const [folder] = process.argv.slice(2);
const replica = fileURLToPath(new URL('replica.mjs', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'bearings-peers-'));

const workspace = join(dir, 'workspace');

/** The records that were taken in, one JSON line each. */
async function records() {
  const incidents = JSON.parse(await bearings(workspace, 'list', '--json'));
  const file = join(dir, 'incident.jsonl');
  const all = [];
  for (const { id } of incidents) {
    await bearings(workspace, 'export', id, '--output', file);
    all.push(...readFileSync(file, 'utf8').trimEnd().split('\n'));
    rmSync(file);
  }
  return all;
}

/** Joins in a process of its own: milliseconds from its start to its end, and the most megabytes that it had. */
function ours() {
  const began = performance.now();
  const child = spawn(binary, ['sync', '--folder', folder, '--once'], {
    env: { ...process.env, BEARINGS_WORKSPACE: workspace },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let most = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      most = Math.max(most, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // it has ended
    }
  }, 10);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      clearInterval(look);
      if (code === 0) resolve({ ms: performance.now() - began, megabytes: most });
      else reject(new Error(`sync ended with ${code}`));
    });
  });
}

function theirs(name, lines) {
  const changes = join(dir, `${name}.changes`);
  execFileSync(process.execPath, [replica, name, 'make', lines, changes], { stdio: 'inherit' });
  return JSON.parse(execFileSync(process.execPath, [replica, name, 'join', changes]));
}

try {
  const we = await ours();
  const all = await records();
  const lines = join(dir, 'records.jsonl');
  writeFileSync(lines, `${all.join('\n')}\n`);
  for (const [name, title] of Object.entries({ automerge: 'Automerge', yjs: 'Yjs' })) {
    const they = theirs(name, lines);
    if (they.records !== all.length) throw new Error(`${title} has ${they.records} of ${all.length} records`);
    ratio(`sharing: a first join of ${all.length} records / ${title} in memory`, 1, we.ms, they.ms);
    ratio(`sharing: memory of that join / ${title}`, 1, we.megabytes, they.megabytes, 'MB');
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
