import { describe, expect, it } from 'vitest';
import type { BriefSentence, Chip } from '../../backend';
import { pieces } from './pieces';

const chip = (label: string, id = label.toLowerCase()): Chip => ({
  id,
  label,
  kind: 'claim',
  name: label,
  word: '',
  doubtful: false,
});

const sentence = (text: string, ...sources: Chip[]): BriefSentence => ({ text, state: '', sources });

describe('a sentence is cut at the labels of its sources', () => {
  it('and all of it is still there', () => {
    const text = 'Disputed: C4 (carries D3, T1). E18 and E1 support; C4 again, not C44 nor AC4.';
    const cut = pieces(sentence(text, chip('C4'), chip('D3'), chip('E1'), chip('E18')));
    expect(cut.pieces.map((p) => p.text).join('')).toBe(text);
    expect(cut.pieces.filter((p) => p.source).map((p) => p.text)).toEqual(['C4', 'D3', 'E18', 'E1']);
    expect(cut.rest).toEqual([]);
  });

  it('and offers what it does not name after it', () => {
    const cut = pieces(
      sentence('Lead: Mara, since 02:20.', chip('', 'r1'), chip('INC-1', 'inc'), chip('', 'r2')),
    );
    expect(cut.pieces).toEqual([{ text: 'Lead: Mara, since 02:20.' }]);
    expect(cut.rest.map((c) => c.id)).toEqual(['r1', 'inc']);
  });

  it('whatever a label holds', () => {
    const text = 'See INC-2041.b (x) now.';
    expect(
      pieces(sentence(text, chip('INC-2041.b'), chip('(x)')))
        .pieces.map((p) => p.text)
        .join(''),
    ).toBe(text);
  });
});
