/** The words of a text, as they are compared: accents and case do not count. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/**
 * How well the words of a text answer those that were typed: 0 for not at all. Every word typed must begin a word of the text;
 * the earlier, the better.
 */
export function score(text: string[], typed: string[]): number {
  let total = 1;
  for (const query of typed) {
    const at = text.findIndex((part) => part.startsWith(query));
    if (at < 0) return 0;
    total += 1 / (1 + at) + (text[at] === query ? 1 : 0);
  }
  return total;
}
