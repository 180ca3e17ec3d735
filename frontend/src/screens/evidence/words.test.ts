import { expect, test } from 'vitest';
import { bytes, fieldTime } from './words';

test('a size is exact, and short beside it', () => {
  expect(bytes(0)).toBe('0 bytes');
  expect(bytes(1)).toBe('1 byte');
  expect(bytes(999)).toBe('999 bytes');
  expect(bytes(1432781)).toBe('1.4 MB (1,432,781 bytes)');
  expect(bytes(999_999)).toBe('1.0 MB (999,999 bytes)');
  expect(bytes(52_000)).toBe('52 kB (52,000 bytes)');
});

test('a time comes back from its field as it was, to the minute', () => {
  const at = new Date(2026, 10, 22, 3, 4).getTime();
  expect(fieldTime(at)).toBe('2026-11-22T03:04');
  expect(new Date(fieldTime(at)).getTime()).toBe(at);
});
