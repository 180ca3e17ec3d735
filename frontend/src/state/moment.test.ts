import { describe, expect, it } from 'vitest';
import { pastMoment } from './moment';

const now = new Date(2026, 10, 22, 3, 41, 9).getTime();
const at = (...parts: [number, number, number, number, number]): number => new Date(...parts).getTime();

describe('a moment as it is typed', () => {
  it('is the last time that the clock showed it', () => {
    expect(pastMoment('03:26', now)).toBe(at(2026, 10, 22, 3, 26));
    expect(pastMoment(' 3.26 ', now)).toBe(at(2026, 10, 22, 3, 26));
    expect(pastMoment('23:50', now)).toBe(at(2026, 10, 21, 23, 50));
    expect(pastMoment('03:41', now)).toBe(at(2026, 10, 22, 3, 41));
    expect(pastMoment('03:41:10', now)).toBe(new Date(2026, 10, 21, 3, 41, 10).getTime());
  });

  it('may be said by how long ago it was', () => {
    expect(pastMoment('15 min ago', now)).toBe(now - 15 * 60_000);
    expect(pastMoment('-2h', now)).toBe(now - 120 * 60_000);
    expect(pastMoment('3 days ago', now)).toBe(now - 3 * 24 * 60 * 60_000);
  });

  it('may have a date', () => {
    expect(pastMoment('21 Nov 18:05', now)).toBe(at(2026, 10, 21, 18, 5));
    expect(pastMoment('24 December, 18:05', now)).toBe(at(2025, 11, 24, 18, 5));
  });

  it('is none where it makes no sense', () => {
    for (const text of ['', 'yesterday', '25:00', '3:61', '31 Feb 10:00', '10', '5 x ago']) {
      expect(pastMoment(text, now)).toBeUndefined();
    }
  });
});
