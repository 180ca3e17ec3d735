// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
  ago,
  clockFace,
  countdown,
  initials,
  longTime,
  number,
  severity,
  silence,
  span,
  time,
  wallClock,
} from './format';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const noon = new Date(2026, 10, 22, 12, 0).getTime();

describe('a time', () => {
  it('is a clock time today', () => expect(time(noon - HOUR, noon)).toBe('11:00'));
  it('is a clock time across midnight, as long as nobody could mistake it', () => {
    const night = noon - 11 * HOUR;
    expect(time(night - 2 * HOUR, night)).toBe('23:00');
    expect(time(noon - 13 * HOUR, noon)).toBe('21 Nov, 23:00');
  });
  it('carries its date on another day', () => expect(time(noon - 24 * HOUR, noon)).toBe('21 Nov, 12:00'));
  it('carries its year in another year', () => {
    expect(time(new Date(2025, 0, 2, 3, 4).getTime(), noon)).toBe('2 Jan 2025, 03:04');
  });
  it('is written out', () => expect(longTime(noon)).toBe('Sunday 22 November 2026, 12:00'));
  it('has seconds on the wall', () => expect(wallClock(noon + 9000)).toBe('12:00:09'));
  it('is nothing where there is none', () => expect(time(0, noon)).toBe(''));
});

describe('a span', () => {
  it.each([
    [0, 'under 1 min'],
    [-5, '0 min'],
    [59_999, 'under 1 min'],
    [26 * MINUTE + 59_000, '26 min'],
    [119 * MINUTE, '119 min'],
    [2 * HOUR, '2 h'],
    [47 * HOUR, '47 h'],
    [48 * HOUR, '2 days'],
  ])('of %d ms is “%s”', (ms, words) => expect(span(ms)).toBe(words));

  it('ago is “just now” within the minute', () => {
    expect(ago(noon - 30_000, noon)).toBe('just now');
    expect(ago(noon - 12 * MINUTE, noon)).toBe('12 min ago');
  });
});

describe('the big clocks', () => {
  it.each([
    [0, '0:00', ':00'],
    [87 * MINUTE + 9000, '1:27', ':09'],
    [47 * HOUR + 59 * MINUTE, '47:59', ':00'],
    [53 * HOUR, '2 d 5 h', ''],
    [-1000, '0:00', ':00'],
  ])('show %d ms as %s%s', (ms, main, seconds) => expect(clockFace(ms)).toEqual({ main, seconds }));

  it('count down in minutes and seconds, and past the due time up', () => {
    expect(countdown(4 * MINUTE + 12_000)).toBe('4:12');
    expect(countdown(-61_000)).toBe('1:01');
    expect(countdown(3 * HOUR)).toBe('3 h');
  });
});

describe('silence', () => {
  const rhythm = 15 * MINUTE;
  it.each([
    [7, 'heard'],
    [8, 'quiet'],
    [15, 'quiet'],
    [16, 'long'],
    [22, 'long'],
    [23, 'silent'],
  ])('of %d min at a rhythm of 15 is %s', (minutes, step) => {
    expect(silence(noon - minutes * MINUTE, rhythm, noon)).toBe(step);
  });
});

describe('names and numbers', () => {
  it.each([
    ['Priya Nair', 'PN'],
    ['Ada', 'A'],
    ['Wolf von der Heide', 'WH'],
    ['  ', '?'],
    ['愛子 田中', '愛田'],
    ['𝒜da 🙂', '𝒜🙂'],
  ])('the initials of “%s” are %s', (name, letters) => expect(initials(name)).toBe(letters));

  it('a percentage has no space before it, another unit has one', () => {
    expect(number(38, '%')).toBe('38%');
    expect(number(240, 'ms')).toBe('240 ms');
    expect(number(0.123456, '')).toBe('0.1235');
    expect(number(74601, 'orders/s')).toBe('74601 orders/s');
  });

  it('a severity is said with a space', () => expect(severity('SEV1')).toBe('SEV 1'));
});
