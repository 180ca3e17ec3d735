import type { BriefSentence, Chip } from '../../backend';

/** A run of a sentence: plain, or the label of a source in it. */
export interface Piece {
  text: string;
  source?: Chip;
}

/** How many sources that a sentence does not name are offered after it. */
const unnamed = 2;

/**
 * Cuts a sentence at the labels of its sources, so that each can be opened where it stands, and lists the sources that it
 * does not name. All pieces together are the sentence, unchanged.
 */
export function pieces(sentence: BriefSentence): { pieces: Piece[]; rest: Chip[] } {
  const { text, sources } = sentence;
  const found = sources
    .map((source) => ({ source, at: place(text, source.label) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  const out: Piece[] = [];
  let from = 0;
  for (const { source, at } of found) {
    if (at < from) continue;
    if (at > from) out.push({ text: text.slice(from, at) });
    from = at + source.label.length;
    out.push({ text: source.label, source });
  }
  if (from < text.length) out.push({ text: text.slice(from) });
  const named = out.map((piece) => piece.source);
  return { pieces: out, rest: sources.filter((source) => !named.includes(source)).slice(0, unnamed) };
}

/** Where a label stands in a text as a word of its own; -1 for nowhere. */
function place(text: string, label: string): number {
  if (label === '') return -1;
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    if (!ofAWord(text[at - 1]) && !ofAWord(text[at + label.length])) return at;
  }
  return -1;
}

const ofAWord = (character: string | undefined): boolean =>
  character !== undefined && (/[\w-]/.test(character) || character > '\u00bf');
