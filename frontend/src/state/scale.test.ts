// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { closest, holding, length, momentAt, moved, ruler, stepped, wholeOf, xOf, zoomed } from './scale';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const whole = { from: 0, to: 8 * HOUR };

describe('time on a width', () => {
  it('goes there and back', () => {
    const range = { from: HOUR, to: 3 * HOUR };
    expect(xOf(range, 1000, 2 * HOUR)).toBe(500);
    expect(momentAt(range, 1000, 500)).toBe(2 * HOUR);
  });
});

describe('zoom', () => {
  it('keeps the moment it is about in its place', () => {
    const range = zoomed(whole, 'in', 2 * HOUR, whole);
    expect(length(range)).toBe(4 * HOUR);
    expect(xOf(range, 1, 2 * HOUR)).toBe(xOf(whole, 1, 2 * HOUR));
  });

  it('comes back to the whole, and no further', () => {
    const range = zoomed(zoomed(whole, 'in', HOUR, whole), 'out', 7 * HOUR, whole);
    expect(range).toEqual(whole);
    expect(zoomed(range, 'out', HOUR, whole)).toEqual(whole);
  });

  it('stops where there is nothing more to see', () => {
    let range = whole;
    for (let i = 0; i < 20; i += 1) range = zoomed(range, 'in', 4 * HOUR, whole);
    expect(length(range)).toBe(closest);
    const short = { from: 0, to: 2 * MINUTE };
    expect(zoomed(short, 'in', MINUTE, short)).toEqual(short);
  });

  it('stays in the whole at its ends', () => {
    expect(zoomed(whole, 'in', 0, whole)).toEqual({ from: 0, to: 4 * HOUR });
    expect(zoomed({ from: 0, to: HOUR }, 'out', HOUR, whole)).toEqual({ from: 0, to: 2 * HOUR });
  });
});

describe('moving along', () => {
  it('stops at the ends', () => {
    expect(moved({ from: HOUR, to: 2 * HOUR }, -3 * HOUR, whole)).toEqual({ from: 0, to: HOUR });
    expect(moved({ from: HOUR, to: 2 * HOUR }, 30 * HOUR, whole)).toEqual({ from: 7 * HOUR, to: 8 * HOUR });
  });

  it('keeps a moment in sight, and does not move for one that is', () => {
    const range = { from: 0, to: HOUR };
    expect(holding(range, 30 * MINUTE, whole)).toBe(range);
    expect(holding(range, 2 * HOUR, whole)).toEqual({ from: HOUR + 6 * MINUTE, to: 2 * HOUR + 6 * MINUTE });
  });
});

describe('the ruler', () => {
  const twoHours = { from: 2 * HOUR + 10 * MINUTE, to: 4 * HOUR };

  it('has as many marks as there is room for, and names some of them', () => {
    const { step, marks } = ruler(twoHours, 1100, 0);
    expect(step).toBe(5 * MINUTE);
    const named = marks.filter((m) => m.named).map((m) => m.at / MINUTE);
    expect(named.slice(0, 3)).toEqual([130, 140, 150]);
  });

  it('has its names on marks, at every width and length', () => {
    for (const hours of [0.1, 0.5, 2, 7, 30, 24 * 9, 24 * 300]) {
      for (const width of [120, 500, 1100, 3000]) {
        const { step, marks } = ruler({ from: 0, to: hours * HOUR }, width, 0);
        const named = marks.filter((m) => m.named);
        expect(named.length).toBeGreaterThan(0);
        expect(named.length).toBeLessThan(1 + width / 60);
        expect((step / (hours * HOUR)) * width).toBeGreaterThan(40);
      }
    }
  });

  it('counts in whole hours of the reader’s zone', () => {
    const india = 5.5 * HOUR;
    const { marks } = ruler({ from: 0, to: 12 * HOUR }, 400, india);
    expect(marks.filter((m) => m.named).every((m) => (m.at + india) % HOUR === 0)).toBe(true);
  });
});

describe('a step', () => {
  it('ends on a whole one, either way', () => {
    expect(stepped(12 * MINUTE, 1, 5 * MINUTE, 0)).toBe(15 * MINUTE);
    expect(stepped(12 * MINUTE, -1, 5 * MINUTE, 0)).toBe(10 * MINUTE);
    expect(stepped(15 * MINUTE, -1, 5 * MINUTE, 0)).toBe(10 * MINUTE);
  });
});

describe('what a timeline covers', () => {
  it('is what the lanes say, a little before it, and what shortly preceded', () => {
    expect(wholeOf(4 * HOUR, 5 * HOUR, []).from).toBe(4 * HOUR - MINUTE);
    expect(wholeOf(4 * HOUR, 5 * HOUR, [4 * HOUR - 5 * MINUTE]).from).toBe(4 * HOUR - 6 * MINUTE);
  });

  it('is not pressed into a corner by what was long before', () => {
    expect(wholeOf(100 * HOUR, 101 * HOUR, [0]).from).toBe(100 * HOUR - MINUTE);
  });

  it('is some minutes at least', () => {
    expect(length(wholeOf(HOUR, HOUR, []))).toBeGreaterThanOrEqual(10 * MINUTE);
  });
});
