import { expect, it } from 'vitest';
import { score } from './search';

it('finds words by how they begin, whatever their case and accents', () => {
  expect(score('T6 Tomás turns the retry off', 'tomas RET')).toBeGreaterThan(0);
  expect(score('T6 Tomás turns the retry off', 'etry')).toBe(0);
});

it('prefers a whole word, and an earlier one', () => {
  expect(score('T3 TLS', 't3')).toBeGreaterThan(score('T33 TLS', 't3'));
  expect(score('vault lookups', 'vault')).toBeGreaterThan(score('slow vault lookups', 'vault'));
});

it('takes everything where nothing was typed', () => expect(score('anything', ' ')).toBeGreaterThan(0));

it('finds a label as it is written', () =>
  expect(score('INC-2041 Card payments', 'inc-20')).toBeGreaterThan(0));
