import type { Lane, TimelineView } from '../../backend';
import { capital, severity } from '../../parts/format';
import { cutTo, labels, type Label, type Mark } from './labels';
import { within, xOf, type Range } from '../../state/scale';

/** What a timeline is drawn on. */
export interface Sheet {
  width: number;
  /** At the left, for the names of the lanes. */
  gutter: number;
  /** The height of all lanes, or of one of them where they may take as much as they need. */
  height: number | undefined;
  row: number;
  /** What a lane of a thread is called. */
  named: 'owner' | 'title';
  measure: (text: string) => number;
}

export interface Row {
  y: number;
  /** The thread; '' for the lanes of the incident. */
  id: string;
  label: string;
  name: string;
  /** Silent past its limit now. */
  late: boolean;
  over: boolean;
}

export interface Spot {
  x: number;
  y: number;
  at: number;
  kind: 'signal' | 'decision' | 'checkin' | 'due';
  id: string;
  /** Whether it wants judgement, and whether it is still to come. */
  late: boolean;
  next: boolean;
  /** All that it stands for, and what is drawn of it. */
  text: string;
  label?: Label;
}

export interface Drawing {
  height: number;
  rows: Row[];
  spots: Spot[];
  /** Lanes that there is no room for. */
  more: number;
  /** Paths: threads that are heard, their words; quiet, silent past the limit once, and now. */
  heard: string;
  words: string;
  quiet: string;
  silent: string;
  late: string;
}

/** The lanes above those of the threads. */
const above = ['Signals', 'Decisions', 'Check-ins'];
const beside = 10;
const least = 15;

/** Lays a timeline out: every line, mark and name in its place, none on another. */
export function draw(view: TimelineView, range: Range, sheet: Sheet): Drawing {
  const lanes = view.lanes;
  const all = lanes.length + view.left.lanes;
  const room = roomFor(sheet, all);
  const shown = lanes.slice(0, room);
  const more = room > 0 ? all - shown.length : 0;
  const count = above.length + shown.length + (more > 0 ? 1 : 0);
  const step = sheet.height === undefined ? sheet.row : Math.min(sheet.height / count, sheet.row);
  const y = (row: number): number => Math.round(step * (row + 0.5));
  const x = (at: number): number => sheet.gutter + xOf(range, sheet.width - sheet.gutter, at);

  const rows = above.map((name, i): Row => ({
    y: y(i),
    id: '',
    label: '',
    name: counted(name, leftOf(view, i)),
    late: false,
    over: false,
  }));
  const paths = { heard: '', words: '', quiet: '', silent: '', late: '' };
  shown.forEach((lane, i) => {
    const at = y(above.length + i);
    rows.push(rowOf(lane, at, sheet));
    addLane(paths, lane, at + 0.5, range, x, view.now);
  });

  const spots = [...above.keys()].flatMap((row) =>
    named(
      spotsOf(view, row)
        .filter((spot) => within(range, spot.at))
        .map((spot) => ({ ...spot, x: x(spot.at), y: y(row) })),
      sheet,
      x(view.now),
    ),
  );
  for (const promise of view.promises) {
    const row = rows.find((r) => r.id !== '' && r.id === promise.about.id);
    if (row && within(range, promise.at)) {
      spots.push({
        x: x(promise.at),
        y: row.y,
        at: promise.at,
        kind: 'due',
        id: row.id,
        late: false,
        next: true,
        text: `${promise.text}, due`,
      });
    }
  }
  return { height: Math.round(step * count), rows, spots, more, ...paths };
}

/** How many marks of one of the lanes above are older than those that are drawn. */
const leftOf = ({ left }: TimelineView, row: number): number =>
  [left.signals, left.decisions, left.checkins][row] ?? 0;

const counted = (name: string, older: number): string => (older > 0 ? `${name} +${older}` : name);

/** How many threads there is room for: none where that would be one only, and one less where the rest is counted. */
function roomFor(sheet: Sheet, all: number): number {
  if (sheet.height === undefined) return all;
  const room = Math.floor(sheet.height / least) - above.length;
  if (room < 2) return 0;
  return room < all ? room - 1 : room;
}

const isLate = (lane: Lane): boolean => lane.closed === 0 && (lane.quiet.at(-1)?.late ?? 0) > 0;

function rowOf(lane: Lane, y: number, sheet: Sheet): Row {
  const who = sheet.named === 'title' ? lane.chip.name : (lane.owner.split(' ')[0] ?? '') || 'Nobody';
  const name = cutTo(who, sheet.gutter - sheet.measure(`${lane.chip.label} `) - 12, sheet.measure);
  return { y, id: lane.chip.id, label: lane.chip.label, name, late: isLate(lane), over: lane.closed > 0 };
}

type Paths = Pick<Drawing, 'heard' | 'words' | 'quiet' | 'silent' | 'late'>;

function addLane(
  to: Paths,
  lane: Lane,
  y: number,
  range: Range,
  x: (at: number) => number,
  now: number,
): void {
  const line = (from: number, until: number): string => {
    const [a, b] = [Math.max(from, range.from), Math.min(until, range.to)];
    return b > a ? `M${x(a).toFixed(1)} ${y}H${x(b).toFixed(1)}` : '';
  };
  let from = lane.from;
  for (const quiet of lane.quiet) {
    to.heard += line(from, quiet.from);
    to.quiet += line(quiet.from, quiet.late === 0 ? quiet.to : quiet.late);
    const lasts = lane.closed === 0 && quiet === lane.quiet.at(-1) && quiet.to >= now;
    if (quiet.late > 0) to[lasts ? 'late' : 'silent'] += line(quiet.late, quiet.to);
    from = quiet.to;
  }
  to.heard += line(from, lane.closed || now);
  let before = -1;
  for (const at of [lane.from, ...lane.ticks]) {
    if (!within(range, at)) continue;
    const place = Math.round(x(at));
    if (place === before) continue;
    before = place;
    to.words += `M${place} ${y - 4}v8`;
  }
}

type Unplaced = Omit<Spot, 'x' | 'y'> & { short?: string };

/** What lies on one of the lanes above, in the order of time. */
function spotsOf(view: TimelineView, row: number): Unplaced[] {
  const out: Unplaced[] = [];
  const promises = view.promises.filter((p) => p.at > view.now);
  if (row === 0) {
    for (const s of view.signals) {
      const text = s.sort === 'severity' ? severity(s.text) : s.sort === 'status' ? capital(s.text) : s.text;
      out.push({ at: s.at, kind: 'signal', id: s.id, late: false, next: false, text });
    }
    const threads = view.lanes.map((lane) => lane.chip.id);
    for (const p of promises) {
      if (['decision', 'checkin'].includes(p.about.kind) || threads.includes(p.about.id)) continue;
      out.push({
        at: p.at,
        kind: 'signal',
        id: p.about.id,
        late: false,
        next: true,
        text: p.text,
        short: p.about.label,
      });
    }
  } else if (row === 1) {
    for (const d of view.decisions) {
      const { id, label, name } = d.chip;
      out.push({
        at: d.at,
        kind: 'decision',
        id,
        late: d.shaky,
        next: false,
        text: `${label} ${name}`,
        short: label,
      });
    }
    for (const p of promises) {
      if (p.about.kind !== 'decision') continue;
      const { id, label } = p.about;
      out.push({ at: p.at, kind: 'decision', id, late: false, next: true, text: label, short: label });
    }
  } else {
    for (const c of view.checkins) {
      const over = c.closed > 0 || (c.due > 0 && c.due < view.now);
      const text = `${c.answered} of ${c.expected}`;
      out.push({
        at: c.at,
        kind: 'checkin',
        id: c.id,
        late: over && c.answered < c.expected,
        next: false,
        text,
      });
    }
    for (const p of promises) {
      if (p.about.kind !== 'checkin') continue;
      out.push({
        at: p.at,
        kind: 'checkin',
        id: p.about.id,
        late: false,
        next: true,
        text: 'answers due',
        short: '',
      });
    }
  }
  return out.sort((a, b) => a.at - b.at);
}

/** Marks this close to each other are drawn as one, and named by the first of them. */
const together = 4;

function named(spots: (Unplaced & { x: number; y: number })[], sheet: Sheet, now: number): Spot[] {
  const apart = spots.filter((spot, i) => {
    const before = spots[i - 1];
    return !before || spot.x - before.x >= together;
  });
  const marks = apart.map((s): Mark => ({ x: s.x, text: s.text, short: s.short ?? '' }));
  const room = {
    left: sheet.gutter,
    right: sheet.width - 2,
    beside,
    after: 4,
    fences: [now],
    measure: sheet.measure,
  };
  const placed = labels(marks, room);
  return apart.map((spot, of) => {
    const label = placed.find((l) => l.of === of);
    return label ? { ...spot, label } : spot;
  });
}

/** The spot at a place, if there is one; else the thread whose name is there. */
export function hit(
  drawing: Drawing,
  gutter: number,
  x: number,
  y: number,
): { id: string; text: string } | undefined {
  const near = drawing.spots
    .filter((s) => Math.abs(s.y - y) <= 9)
    .find(
      (s) => Math.abs(s.x - x) <= 7 || (s.label && x >= s.label.x - 2 && x <= s.label.x + s.label.width + 2),
    );
  if (near) return near;
  if (x >= gutter - 4) return undefined;
  const row = drawing.rows.find((r) => r.id !== '' && Math.abs(r.y - y) <= 8);
  return row && { id: row.id, text: `${row.label} ${row.name}` };
}
