// What a window takes of the machine's memory: the proportional share (PSS) of its process and of WebKit's two.
import { readdirSync, readFileSync } from 'node:fs';

const parent = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0; // it ended meanwhile
  }
};

/** A process and all that it started. */
function family(pid) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const ours = [pid];
  for (let i = 0; i < ours.length; i += 1) ours.push(...all.filter((child) => parent(child) === ours[i]));
  return ours;
}

/** Megabytes that a window and WebKit's processes for it have. */
export function memory(pid) {
  let kilobytes = 0;
  for (const one of family(pid)) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      // it ended meanwhile
    }
  }
  return kilobytes / 1024;
}
