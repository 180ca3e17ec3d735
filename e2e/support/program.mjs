// The program under test: where it is, a workspace of its own, and its command line.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = join(root, 'build/bin/bearings');
export const devBinary = join(root, 'build/bin/bearings-dev');
export const out = join(root, 'e2e/out');

const run = promisify(execFile);

const undoing = new WeakMap();

/** Does something when a test is over, whatever became of it: what was begun last is ended first. */
export function later(t, undo) {
  let list = undoing.get(t);
  if (!list) {
    list = [];
    undoing.set(t, list);
    t.after(async () => {
      for (const undo of list.reverse()) await undo();
    });
  }
  list.push(undo);
}

/** Makes an empty workspace, for the length of a test. */
export async function workspace(t) {
  const dir = await mkdtemp(join(tmpdir(), 'bearings-e2e-'));
  later(t, () => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs one command in a process of its own, as a script would, and returns what it printed. */
export async function bearings(dir, ...args) {
  const { stdout } = await run(binary, args, { env: { ...process.env, BEARINGS_WORKSPACE: dir } });
  return stdout;
}

/** Puts the sample incident into an empty workspace, as the window does at its first start. */
export async function sample(dir) {
  const { DISPLAY, WAYLAND_DISPLAY, ...env } = process.env;
  await run(binary, ['--sample'], { env: { ...env, BEARINGS_WORKSPACE: dir } });
}

/** A port of this machine's own loopback that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a process that runs until stop() has seen it end. What it says is kept, and shown only when asked for. */
export function start(command, args, env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  let running = true;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', (error) => {
      said.push(Buffer.from(`${error}\n`));
      resolve();
    });
  }).then(() => (running = false));
  return {
    said: () => Buffer.concat(said).toString(),
    running: () => running,
    async stop() {
      if (running) child.kill();
      await ended;
      // What it started may have its output still, and must not keep the test waiting.
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}
