/** Time laid on a width: which stretch is shown, where a moment lies in it, and where the ruler has its marks. */
export interface Range {
  from: number;
  to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The steps that a ruler may have: those that people count in. */
const steps = [1, 2, 5, 10, 15, 30].map((m) => m * MINUTE).concat([1, 2, 3, 6, 12].map((h) => h * HOUR));

/** The closest that one can look. */
export const closest = 4 * MINUTE;

export const length = (range: Range): number => range.to - range.from;

/** Where a moment lies on a width, in pixels; beyond it for moments beyond the range. */
export const xOf = (range: Range, width: number, at: number): number =>
  ((at - range.from) / length(range)) * width;

/** The moment at a place on a width. */
export const momentAt = (range: Range, width: number, x: number): number =>
  Math.round(range.from + (x / width) * length(range));

export const within = (range: Range, at: number): boolean => at >= range.from && at <= range.to;

/** Shows half as much, or twice as much, around a moment which keeps its place. */
export function zoomed(range: Range, by: 'in' | 'out', about: number, whole: Range): Range {
  const factor = by === 'in' ? 1 / 2 : 2;
  const long = Math.min(Math.max(length(range) * factor, Math.min(closest, length(whole))), length(whole));
  const share = (Math.min(Math.max(about, range.from), range.to) - range.from) / length(range);
  const from = about - share * long;
  return kept({ from, to: from + long }, whole);
}

/** Moves a range as little as it takes for a moment to be well within. */
export function holding(range: Range, at: number, whole: Range): Range {
  const margin = length(range) / 10;
  if (at < range.from + margin) return moved(range, at - margin - range.from, whole);
  if (at > range.to - margin) return moved(range, at + margin - range.to, whole);
  return range;
}

export const moved = (range: Range, by: number, whole: Range): Range =>
  kept({ from: range.from + by, to: range.to + by }, whole);

/** A range that lies in the whole. */
function kept(range: Range, whole: Range): Range {
  const long = Math.min(length(range), length(whole));
  const from = Math.min(Math.max(range.from, whole.from), whole.to - long);
  return { from, to: from + long };
}

export interface Ruler {
  /** Between two marks, in milliseconds. */
  step: number;
  marks: { at: number; named: boolean }[];
}

/** How far apart the marks of a ruler are at least, and the names on them. */
const markRoom = 46;
const nameRoom = 76;

/** The marks of a ruler, on whole hours and minutes of the zone that is `zone` ms ahead of UTC. */
export function ruler(range: Range, width: number, zone: number): Ruler {
  const step = stepFor(range, width, markRoom);
  const naming = stepFor(range, width, nameRoom);
  // A name stands on every mark or on some of them, never between two.
  const named = naming % step === 0 ? naming : step * Math.ceil(naming / step);
  const marks = [];
  for (let at = Math.ceil((range.from + zone) / step) * step; at <= range.to + zone; at += step) {
    marks.push({ at: at - zone, named: at % named === 0 });
  }
  return { step, marks };
}

function stepFor(range: Range, width: number, room: number): number {
  const least = (room / Math.max(width, 1)) * length(range);
  return steps.find((step) => step >= least) ?? DAY * Math.ceil(least / DAY);
}

/** How far ahead of UTC the reader's zone is at a moment. */
export const zoneAt = (at: number): number => -new Date(at).getTimezoneOffset() * MINUTE;

/** What a timeline covers: what the lanes say, and what was a little before, on whole steps of a minute. */
export function wholeOf(from: number, to: number, moments: number[]): Range {
  const long = Math.max(to - from, 10 * MINUTE);
  // One signal of last week must not press the night into a corner.
  const early = moments.filter((at) => at >= from - long / 4).reduce((a, b) => Math.min(a, b), from);
  const step = long > 6 * HOUR ? 30 * MINUTE : long > HOUR ? 5 * MINUTE : MINUTE;
  return { from: Math.floor((early - long / 60) / step) * step, to: Math.ceil((from + long) / step) * step };
}

/** The moment one step of the ruler before or after, on a whole step. */
export function stepped(at: number, by: 1 | -1, step: number, zone: number): number {
  const local = at + zone;
  const next = by > 0 ? Math.floor(local / step) + 1 : Math.ceil(local / step) - 1;
  return next * step - zone;
}
