// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Lane, TimelineView } from '../../backend';
import { timeline } from '../../state/fake';
import { draw, hit, type Sheet } from './lanes';

const MINUTE = 60_000;
const now = timeline.now;
const range = { from: timeline.from, to: timeline.to };
const measure = (text: string): number => [...text].length * 6;
const strip: Sheet = { width: 1000, gutter: 84, height: 198, row: 22, named: 'owner', measure };
const chip = (id: string, name = id) => ({
  id,
  label: id.toUpperCase(),
  kind: 'thread',
  name,
  word: '',
  doubtful: false,
});

const lane = (over: Partial<Lane> = {}): Lane => ({
  chip: chip('t1', 'Pool runs empty'),
  owner: 'Raj Subramaniam',
  from: now - 60 * MINUTE,
  closed: 0,
  ticks: [now - 50 * MINUTE, now - 40 * MINUTE],
  quiet: [{ from: now - 40 * MINUTE, to: now, late: 0 }],
  more: 0,
  ...over,
});
const view = (over: Partial<TimelineView>): TimelineView => ({ ...timeline, ...over });

describe('the lanes', () => {
  it('call a thread by its owner’s first name, or say that nobody owns it', () => {
    const { rows } = draw(view({ lanes: [lane(), lane({ owner: '' })] }), range, strip);
    expect(rows.slice(3).map((r) => `${r.label} ${r.name}`)).toEqual(['T1 Raj', 'T1 Nobody']);
  });

  it('cut a name that is longer than the gutter', () => {
    const { rows } = draw(view({ lanes: [lane({ owner: 'Wolfeschlegelsteinhausen' })] }), range, strip);
    expect(rows[3]?.name).toBe('Wolfesch…');
  });

  it('show a silence as quiet, and as late from its limit on, once it lasts until now', () => {
    const quiet = draw(view({ lanes: [lane()] }), range, strip);
    expect([quiet.late, quiet.silent]).toEqual(['', '']);
    expect(quiet.rows[3]?.late).toBe(false);

    const late = draw(
      view({ lanes: [lane({ quiet: [{ from: now - 40 * MINUTE, to: now, late: now - 10 * MINUTE }] })] }),
      range,
      strip,
    );
    expect(late.late).not.toBe('');
    expect(late.rows[3]?.late).toBe(true);
  });

  it('do not call a silence late that somebody has broken, nor one of a thread that is over', () => {
    const broken = [{ from: now - 40 * MINUTE, to: now - 5 * MINUTE, late: now - 10 * MINUTE }];
    const drawn = draw(
      view({ lanes: [lane({ quiet: broken }), lane({ quiet: broken, closed: now - 5 * MINUTE })] }),
      range,
      strip,
    );
    expect(drawn.late).toBe('');
    expect(drawn.silent).not.toBe('');
  });

  it('take as many threads as there is room for, and count the rest', () => {
    const lanes = Array.from({ length: 60 }, (_, i) => lane({ chip: chip(`t${i}`) }));
    const left = { ...timeline.left, lanes: 440 };
    const drawn = draw(view({ lanes, left }), range, strip);
    expect(drawn.rows.length).toBeLessThan(14);
    expect(drawn.rows.length - 3 + drawn.more).toBe(500);
    expect(drawn.height).toBeLessThanOrEqual(198);
    expect(draw(view({ lanes, left }), range, { ...strip, height: undefined }).more).toBe(440);
  });

  it('count what is older than what is drawn', () => {
    const { rows } = draw(view({ left: { ...timeline.left, decisions: 151 } }), range, strip);
    expect(rows.map((r) => r.name)).toEqual(['Signals', 'Decisions +151', 'Check-ins']);
  });

  it('have no lanes of threads in a low strip', () => {
    const drawn = draw(view({ lanes: [lane()] }), range, { ...strip, height: 58 });
    expect(drawn.rows.map((r) => r.name)).toEqual(['Signals', 'Decisions', 'Check-ins']);
    expect(drawn.more).toBe(0);
  });

  it('draw one tick where many words fall on one pixel', () => {
    const ticks = Array.from({ length: 300 }, (_, i) => now - 40 * MINUTE + i);
    expect(draw(view({ lanes: [lane({ ticks })] }), range, strip).words.split('M').length - 1).toBe(2);
  });

  it('leave out what is not in the range', () => {
    const decisions = [{ chip: chip('d1'), at: now - 50 * MINUTE, shaky: false }];
    expect(draw(view({ decisions }), range, strip).spots).toHaveLength(1);
    expect(draw(view({ decisions }), { from: now - MINUTE, to: now }, strip).spots).toHaveLength(0);
  });

  it('hold what is promised: decisions, check-ins and dues in their lanes, the rest with the signals', () => {
    const promise = (kind: string, id: string) => ({
      at: now + 5 * MINUTE,
      text: 'x',
      who: '',
      about: { ...chip(id), kind },
    });
    const promises = [
      promise('decision', 'd4'),
      promise('checkin', 'r1'),
      promise('thread', 't1'),
      promise('update', 'u1'),
    ];
    const { spots, rows } = draw(view({ lanes: [lane()], promises }), range, strip);
    const rowAt = (y: number) => rows.find((r) => r.y === y)?.name;
    expect(spots.map((s) => [s.id, rowAt(s.y), s.next])).toEqual([
      ['u1', 'Signals', true],
      ['d4', 'Decisions', true],
      ['r1', 'Check-ins', true],
      ['t1', 'Raj', true],
    ]);
  });

  it('are found by a pointer: a mark, its name, and the name of a thread', () => {
    const decisions = [
      { chip: { ...chip('d1', 'Roll back'), kind: 'decision' }, at: now - 50 * MINUTE, shaky: true },
    ];
    const drawn = draw(view({ lanes: [lane()], decisions }), range, strip);
    const spot = drawn.spots[0];
    if (!spot?.label) throw new Error('no label');
    expect(hit(drawn, 84, spot.x + 3, spot.y)?.id).toBe('d1');
    expect(hit(drawn, 84, spot.label.x + 20, spot.y + 4)?.id).toBe('d1');
    expect(hit(drawn, 84, spot.x, spot.y + 40)).toBeUndefined();
    expect(hit(drawn, 84, 20, drawn.rows[3]?.y ?? 0)?.id).toBe('t1');
  });
});
