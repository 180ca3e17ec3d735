import { expect, it } from 'vitest';
import { cap, comboOf, isCharacter, takesText } from './keys';

const key = (key: string, held: KeyboardEventInit = {}): string =>
  comboOf(new KeyboardEvent('keydown', { key, ...held }));

it.each([
  ['j', {}, 'J'],
  ['J', { shiftKey: true }, 'Shift J'],
  ['?', { shiftKey: true }, '?'],
  ['+', { ctrlKey: true, shiftKey: true }, 'Ctrl +'],
  ['L', { ctrlKey: true, shiftKey: true }, 'Ctrl Shift L'],
  ['0', { ctrlKey: true }, 'Ctrl 0'],
  ['ArrowDown', {}, 'Down'],
  ['F6', { shiftKey: true }, 'Shift F6'],
  ['Escape', {}, 'Esc'],
  [' ', {}, 'Space'],
  ['Control', { ctrlKey: true }, ''],
  ['Dead', {}, ''],
] as const)('%s with %o is “%s”', (name, held, combo) => expect(key(name, held)).toBe(combo));

it('only what typing would write is a character', () => {
  expect(['J', 'Shift G', '/', '?'].every(isCharacter)).toBe(true);
  expect(['Ctrl K', 'Enter', 'F6', 'Down'].some(isCharacter)).toBe(false);
});

it('a text field keeps its keys, a radio button does not', () => {
  const input = document.createElement('input');
  expect(takesText(input)).toBe(true);
  input.type = 'radio';
  expect(takesText(input)).toBe(false);
  expect(takesText(document.createElement('textarea'))).toBe(true);
  expect(takesText(document.body)).toBe(false);
  expect(takesText(null)).toBe(false);
});

it('a cap is what is printed on the key', () => {
  expect(cap('Enter')).toBe('↵');
  expect(cap('Ctrl K')).toBe('Ctrl K');
});
