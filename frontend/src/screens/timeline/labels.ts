/** Names beside the marks of a lane, as many as there is room for, so that none lies on another, on a mark or on a line. */
export interface Mark {
  /** Where the mark is. */
  x: number;
  text: string;
  /** The least that is worth saying; '' for nothing. */
  short: string;
}

export interface Label {
  /** Which of the marks it names. */
  of: number;
  text: string;
  /** Where it begins; it ends at x + width. */
  x: number;
  width: number;
}

export interface Room {
  left: number;
  right: number;
  /** From the middle of a mark to its name, and from a name to what comes after it. */
  beside: number;
  after: number;
  /** Lines across the lane that no name may lie over. */
  fences: number[];
  /** How wide a text is drawn. */
  measure: (text: string) => number;
}

/** So many letters of a cut name tell something. */
const leastCut = 4;

/** Names marks that lie in order from left to right. A name stands after its mark, before it, or after it cut short. */
export function labels(marks: Mark[], room: Room): Label[] {
  const out: Label[] = [];
  let taken = room.left;
  marks.forEach((mark, of) => {
    const next = marks[of + 1];
    const start = mark.x + room.beside;
    const ends = room.fences.filter((x) => x > mark.x);
    if (next) ends.push(next.x - room.beside + room.after);
    const after = Math.min(room.right, ...ends) - room.after - start;
    const begins = Math.max(taken, ...room.fences.filter((x) => x < mark.x));
    const before = mark.x - room.beside - begins - room.after;

    const width = room.measure(mark.text);
    let label: Label | undefined;
    if (width <= after) label = { of, text: mark.text, x: start, width };
    else if (width <= before) label = { of, text: mark.text, x: mark.x - room.beside - width, width };
    else {
      const text = shortened(mark, after, room.measure);
      if (text !== '') label = { of, text, x: start, width: room.measure(text) };
    }
    if (label) out.push(label);
    taken = label && label.x > mark.x ? label.x + label.width : start;
  });
  return out;
}

function shortened(mark: Mark, room: number, measure: Room['measure']): string {
  const cut = cutTo(mark.text, room, measure);
  const letters = [...cut].length - 1;
  if (letters >= (mark.short === '' ? leastCut : [...mark.short].length + leastCut)) return cut;
  return mark.short !== '' && measure(mark.short) <= room ? mark.short : '';
}

/** As much of a text as fits, ending in "…" where that is not all; '' where nothing does. */
export function cutTo(text: string, room: number, measure: Room['measure']): string {
  if (measure(text) <= room) return text;
  const letters = [...text];
  let fits = 0;
  let over = letters.length;
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (measure(cutAt(letters, middle)) <= room) fits = middle;
    else over = middle;
  }
  return fits === 0 ? '' : cutAt(letters, fits);
}

const cutAt = (letters: string[], n: number): string => `${letters.slice(0, n).join('').trimEnd()}…`;
