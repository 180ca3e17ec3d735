import { expect, it } from 'vitest';
import { did } from './did';

it.each([
  ['reading.add', 'Reading added'],
  ['role.take', 'Role taken'],
  ['weather.forecast', 'weather.forecast'],
  ['x', 'x'],
])('%s is “%s”', (kind, words) => expect(did(kind)).toBe(words));
