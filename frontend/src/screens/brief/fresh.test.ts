// @vitest-environment node
import { expect, it } from 'vitest';
import { Length, Reader, type BriefView } from '../../backend';
import { Fresh } from './fresh.svelte';
import { keys } from './lines';

function brief(lines: [text: string, about: string][], since = 0): BriefView {
  return {
    head: { id: 'inc' },
    ask: { reader: Reader.Joining, length: Length.FiveMinutes, since },
    sections: [
      {
        id: 'known',
        title: 'Known',
        more: 0,
        sentences: lines.map(([text, id]) => ({ text, state: '', sources: [{ id }] })),
      },
    ],
  } as unknown as BriefView;
}

it('a line is new when it came after the brief was opened, not when its age moved on', () => {
  const fresh = new Fresh();
  fresh.take(brief([['C1, 5 min old', 'c1']]));
  fresh.take(
    brief([
      ['C1, 6 min old', 'c1'],
      ['C2', 'c2'],
    ]),
  );
  expect(fresh.has('known c1')).toBe(false);
  expect(fresh.has('known c2')).toBe(true);
});

it('another brief starts afresh', () => {
  const fresh = new Fresh();
  fresh.take(brief([]));
  fresh.take(brief([['C2', 'c2']]));
  fresh.take(
    brief(
      [
        ['C2', 'c2'],
        ['C3', 'c3'],
      ],
      1,
    ),
  );
  expect(fresh.has('known c2') || fresh.has('known c3')).toBe(false);
});

it('lines about the same thing are told apart', () => {
  const ids = brief([
    ['a', 'c1'],
    ['b', 'c1'],
    ['c', 'c1'],
  ]).sections.flatMap(keys);
  expect(new Set(ids).size).toBe(3);
});
