import { toAppError } from './error';

/** Awaits what Go answers; a rejection becomes an AppError. */
export async function call<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (reason) {
    throw toAppError(reason);
  }
}
