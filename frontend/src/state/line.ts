import type { Chip, Completion, Reading } from '../backend';

/** How long after a key, in milliseconds, what is typed is kept as a draft. */
export const keepAfter = 150;

/** A line that is begun: by which key, about what, and what stands in it already. */
export interface Opening {
  /** The act that it is for. Each act on each thing has a draft of its own. */
  name: string;
  about?: Chip | undefined;
  text?: string;
  /** Where the caret stands; at the end, where absent. */
  caret?: number;
  /** What is asked for where it is no line of the incident: it has its own way to be read and to be sent. */
  other?: Other;
}

export interface Other {
  asks: string;
  read: (text: string) => Reading;
  send: (text: string) => Promise<string>;
}

/** A line as it stands: it stays so once it was entered, whatever is typed or chosen after. */
export interface Line {
  text: string;
  caret: number;
  about: Chip | undefined;
  other: Other | undefined;
}

/** What a line means, and how it may go on. */
export interface Meaning {
  reading: Reading;
  offers: Completion[];
}

/** Lines that were entered at a place and are not recorded yet; Go has the first. */
export interface Entered {
  incident: string;
  place: string;
  lines: Line[];
  /** What was typed after them, once the place was left. */
  ahead: string;
}

/** Where a draft lies: by the act and the thing, so that no line takes the place of another. */
export const placeOf = ({ name, about }: Pick<Opening, 'name' | 'about'>): string =>
  `${name} ${about?.id ?? ''}`;

/** All that was entered and typed at a place, in its order. */
export const inOrder = (lines: Pick<Line, 'text'>[], ahead: string): string =>
  [...lines.map((line) => line.text), ahead].filter((text) => text.trim() !== '').join(' ');

/** The line with an offer in the place of what was begun. */
export function completed(text: string, offer: Completion): Pick<Line, 'text' | 'caret'> {
  const after = text.slice(offer.to);
  // An offer brings the space after it.
  const rest = offer.insert.endsWith(' ') && after.startsWith(' ') ? after.slice(1) : after;
  return { text: text.slice(0, offer.from) + offer.insert + rest, caret: offer.from + offer.insert.length };
}

/** The line with what was typed since at its caret: a space keeps apart what would become one word. */
export function goneOn({ text, caret }: Pick<Line, 'text' | 'caret'>, typed: string): string {
  const before = text.slice(0, caret);
  const apart = typed === '' || /(^|\s)$/.test(before) || /^\s/.test(typed) ? '' : ' ';
  return before + apart + typed + text.slice(caret);
}
