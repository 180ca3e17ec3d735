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
  const labelled = new Map(sentence.sources.filter((s) => s.label !== '').map((s) => [s.label, s]));
  const labels = [...labelled.keys()].sort((a, b) => b.length - a.length).map(escape);
  if (labels.length === 0) {
    return { pieces: [{ text: sentence.text }], rest: sentence.sources.slice(0, unnamed) };
  }
  const out: Piece[] = [];
  const named = new Set<string>();
  for (const text of sentence.text.split(
    new RegExp(`(?<![\\p{L}\\p{N}-])(${labels.join('|')})(?![\\p{L}\\p{N}-])`, 'u'),
  )) {
    const source = labelled.get(text);
    if (source && !named.has(source.id)) {
      named.add(source.id);
      out.push({ text, source });
    } else if (text !== '') {
      out.push({ text });
    }
  }
  return { pieces: out, rest: sentence.sources.filter((s) => !named.has(s.id)).slice(0, unnamed) };
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
