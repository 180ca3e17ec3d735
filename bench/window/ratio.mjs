// One line of the table that build/bench prints: what we take, what it is held against, and the most that it may be of it.
export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
export const percentile = (list, share) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(list.length * share) - 1)];

export function ratio(name, limit, ours, peer, unit = 'ms') {
  console.log(
    `RATIO name=${name} ours=${ours.toFixed(1)}${unit} peer=${peer.toFixed(1)}${unit} ratio=${(ours / peer).toFixed(2)} limit=${limit}`,
  );
}

/** Runs both in turn, so that what else the machine does falls on both, and compares the medians; the first round warms up. */
export async function compare(name, limit, ours, peer, rounds = 9) {
  const times = { ours: [], peer: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const one = { peer: await peer(), ours: await ours() };
    if (round === 0) continue;
    times.peer.push(one.peer);
    times.ours.push(one.ours);
  }
  ratio(name, limit, median(times.ours), median(times.peer));
}
