// @vitest-environment node
import { expect, it } from 'vitest';
import { AppError, toAppError } from './error';

it('keeps what Go says of an error', () => {
  const e = toAppError(new Error('{"code":"not_found","message":"There is no incident.","hint":"Go back."}'));
  expect(e).toBeInstanceOf(AppError);
  expect([e.code, e.message, e.hint]).toEqual(['not_found', 'There is no incident.', 'Go back.']);
});

it.each([
  ['a text', 'a text'],
  [new Error('a text'), 'a text'],
  ['{"code":7}', '{"code":7}'],
  ['null', 'null'],
])('makes an AppError of %o', (reason, message) => {
  const e = toAppError(reason);
  expect([e.code, e.message, e.hint]).toEqual(['internal', message, '']);
});

it('leaves an AppError as it is', () => {
  const e = new AppError('x', 'y', 'z');
  expect(toAppError(e)).toBe(e);
});
