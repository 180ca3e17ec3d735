import { expect, it } from 'vitest';
import { AppError, toAppError } from './error';

it('keeps what Go says of an error', () => {
  const e = toAppError({ code: 'not_found', message: 'There is no incident.', hint: 'Go back.' });
  expect(e).toBeInstanceOf(AppError);
  expect([e.code, e.message, e.hint]).toEqual(['not_found', 'There is no incident.', 'Go back.']);
});

it.each([['a text'], [new Error('a text')], [{ message: 'a text' }]])('makes an AppError of %o', (reason) => {
  const e = toAppError(reason);
  expect([e.code, e.message, e.hint]).toEqual(['internal', 'a text', '']);
});

it('leaves an AppError as it is', () => {
  const e = new AppError('x', 'y', 'z');
  expect(toAppError(e)).toBe(e);
});
