// @vitest-environment node
import { expect, it } from 'vitest';
import { score, wordsOf } from './search';

const found = (text: string, typed: string): number => score(wordsOf(text), wordsOf(typed));

it('finds words by how they begin, whatever their case and accents', () => {
  expect(found('T6 Tomás turns the retry off', 'tomas RET')).toBeGreaterThan(0);
  expect(found('T6 Tomás turns the retry off', 'etry')).toBe(0);
});

it('prefers a whole word, and an earlier one', () => {
  expect(found('T3 TLS', 't3')).toBeGreaterThan(found('T33 TLS', 't3'));
  expect(found('vault lookups', 'vault')).toBeGreaterThan(found('slow vault lookups', 'vault'));
});

it('takes everything where nothing was typed', () => expect(found('anything', ' ')).toBeGreaterThan(0));

it('finds a label as it is written', () =>
  expect(found('INC-2041 Card payments', 'inc-20')).toBeGreaterThan(0));
