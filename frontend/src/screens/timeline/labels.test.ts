// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { cutTo, labels, type Label, type Mark, type Room } from './labels';

// Every letter is 6 wide.
const measure = (text: string): number => [...text].length * 6;
const room: Room = { left: 0, right: 600, beside: 8, after: 4, fences: [], measure };

const mark = (x: number, text: string, short = ''): Mark => ({ x, text, short });

/** A small generator that always gives the same numbers. */
function numbers(seed: number): () => number {
  let n = seed;
  return () => (n = (n * 48271) % 2147483647) / 2147483647;
}

const overlap = (a: Label, b: Label): boolean => a.x < b.x + b.width && b.x < a.x + a.width;

describe('labels', () => {
  it('stand after their marks where there is room', () => {
    expect(labels([mark(10, 'Peak 46%'), mark(200, '1b recovers')], room)).toEqual([
      { of: 0, text: 'Peak 46%', x: 18, width: 48 },
      { of: 1, text: '1b recovers', x: 208, width: 66 },
    ]);
  });

  it('stand before a mark that is too near the edge', () => {
    expect(labels([mark(590, 'Rolled back')], room)).toEqual([
      { of: 0, text: 'Rolled back', x: 516, width: 66 },
    ]);
  });

  it('are cut where the next mark is near, and shortened where it is nearer', () => {
    const of = (gap: number): string | undefined =>
      labels([mark(100, 'D2 Shift traffic', 'D2'), mark(100 + gap, 'next')], { ...room, left: 96 }).find(
        (l) => l.of === 0,
      )?.text;
    expect(of(120)).toBe('D2 Shift traffic');
    expect(of(80)).toBe('D2 Shift…');
    expect(of(36)).toBe('D2');
    expect(of(20)).toBeUndefined();
  });

  it('do not cross a line', () => {
    expect(labels([mark(100, 'before it')], { ...room, fences: [130] })).toEqual([
      { of: 0, text: 'before it', x: 38, width: 54 },
    ]);
  });

  it('never lie on each other, on a mark or over a line, wherever the marks are', () => {
    const random = numbers(20261122);
    for (let round = 0; round < 300; round += 1) {
      const marks = Array.from({ length: Math.floor(random() * 30) }, () =>
        mark(random() * 600, 'x'.repeat(1 + Math.floor(random() * 24)), random() < 0.5 ? 'D1' : ''),
      ).sort((a, b) => a.x - b.x);
      const fence = random() * 600;
      const out = labels(marks, { ...room, fences: [fence] });
      out.forEach((label, i) => {
        expect(label.x).toBeGreaterThanOrEqual(0);
        expect(label.x + label.width).toBeLessThanOrEqual(600);
        expect(label.x < fence && label.x + label.width > fence).toBe(false);
        for (const other of out.slice(i + 1)) expect(overlap(label, other)).toBe(false);
        for (const m of marks) expect(m.x > label.x && m.x < label.x + label.width).toBe(false);
      });
    }
  });
});

describe('a text that is cut', () => {
  it('takes as much as fits, whole letters', () => {
    expect(cutTo('👩‍🚒🚒🚒🚒', 18, measure)).toMatch(/…$/);
    expect(cutTo('Shift traffic', 42, measure)).toBe('Shift…');
    expect(cutTo('Shift', 30, measure)).toBe('Shift');
    expect(cutTo('Shift', 5, measure)).toBe('');
  });
});
