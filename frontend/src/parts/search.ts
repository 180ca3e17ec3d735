/**
 * How well text answers what was typed: 0 for not at all. Every word typed must begin a word of the text; the earlier,
 * the better. Accents and case do not count.
 */
export function score(text: string, typed: string): number {
  const queries = wordsOf(typed);
  const parts = wordsOf(text);
  let total = 1;
  for (const query of queries) {
    const at = parts.findIndex((part) => part.startsWith(query));
    if (at < 0) return 0;
    total += 1 / (1 + at) + (parts[at] === query ? 1 : 0);
  }
  return total;
}

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
