import { toAppError } from './error';

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** What Wails puts into the page before any script of it runs. */
declare const go: { app: Record<string, Methods> };

/** Awaits what Go answers; a rejection becomes an AppError. */
export async function call<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (reason) {
    throw toAppError(reason);
  }
}

/**
 * The methods of a struct that Go has bound, as the generated module of that name types them. The module itself is not
 * loaded: it says of every method what is said here once.
 */
export function bound<Bound>(struct: string): Bound {
  const get =
    (_: Methods, name: string) =>
    async (...args: unknown[]) => {
      const method = go.app[struct]?.[name];
      if (!method) throw toAppError(`${struct}.${name} is not bound`);
      return call(method(...args));
    };
  return new Proxy<Methods>({}, { get }) as Bound;
}
