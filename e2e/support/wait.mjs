/**
 * Waits until a condition holds and returns what it returned; a condition that throws does not hold yet.
 * Only a failing test ever waits for the whole limit.
 */
export async function until(what, condition, limit = 30_000) {
  const end = performance.now() + limit;
  let last;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`waited ${limit} ms in vain: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
