import type { AppError } from '../backend';
import { toAppError } from '../backend/error';

/**
 * What a part of the page reads for itself: again whenever something changes that the question names. What was there stays
 * until the answer comes, and an answer that comes after the next question is dropped.
 */
export class Fetched<T> {
  value = $state.raw<T>();
  trouble = $state.raw<AppError>();
  #asked = 0;

  /** ask is called while a component is made; it may be undefined where there is nothing to ask. */
  constructor(ask: () => Promise<T> | undefined) {
    $effect(() => {
      const asked = ++this.#asked;
      const answer = ask();
      if (!answer) {
        this.value = undefined;
        return;
      }
      answer.then(
        (value) => {
          if (asked !== this.#asked) return;
          this.value = value;
          this.trouble = undefined;
        },
        (reason: unknown) => {
          if (asked !== this.#asked) return;
          this.value = undefined;
          this.trouble = toAppError(reason);
        },
      );
    });
  }
}
