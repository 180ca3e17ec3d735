// @vitest-environment node
import { expect, test } from 'vitest';
import { fieldTime } from './words';

test('a time comes back from its field as it was, to the minute', () => {
  const at = new Date(2026, 10, 22, 3, 4).getTime();
  expect(fieldTime(at)).toBe('2026-11-22T03:04');
  expect(new Date(fieldTime(at)).getTime()).toBe(at);
});
