// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import type { Backend } from '../backend';
import { LongText, pieces } from './text.svelte';

const total = 1000;
const lines = vi.fn((_i: string, _r: string, from: number, n: number) =>
  Promise.resolve({
    count: total,
    from,
    lines: Array.from({ length: Math.min(n, total - from) }, (_, i) => ({
      text: `line ${from + i}`,
      cut: false,
    })),
  }),
);
const find = vi.fn((_i: string, _r: string, words: string) =>
  Promise.resolve({ lines: words === 'none' ? [] : [10, 400, 900], more: false }),
);

async function open(): Promise<LongText> {
  const text = new LongText({ lines, find } as unknown as Backend, 'i', 'e1', 0);
  await text.open();
  text.room = 20;
  return text;
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

describe('a long text', () => {
  test('is read where it is looked at, and nowhere else', async () => {
    lines.mockClear();
    const text = await open();
    expect(text.shown[0]).toEqual({ number: 0, text: 'line 0', cut: false });
    text.scrollTo(500);
    expect(text.shown[0]?.text).toBeUndefined();
    await settled();
    expect(text.shown[0]?.text).toBe('line 500');
    expect(lines).toHaveBeenCalledTimes(2);
  });

  test('keeps what is chosen on the screen, and ends where it ends', async () => {
    const text = await open();
    text.go(5000);
    expect(text.at).toBe(total - 1);
    expect(text.top).toBe(total - 20);
    text.go(-3);
    expect([text.at, text.top]).toEqual([0, 0]);
  });

  test('chooses lines in both directions', async () => {
    const text = await open();
    text.go(30);
    text.move(-4, true);
    expect(text.chosen).toEqual({ from: 26, to: 30 });
    expect(text.isChosen(26) && text.isChosen(30) && !text.isChosen(31)).toBe(true);
    text.move(1);
    expect(text.chosen).toEqual({ from: 27, to: 27 });
  });

  test('goes from one find to the next, round and round', async () => {
    const text = await open();
    text.go(20);
    await text.search('line');
    expect([text.at, text.place]).toEqual([400, 2]);
    text.step(1);
    text.step(1);
    expect([text.at, text.place]).toEqual([10, 1]);
    text.step(-1);
    expect(text.at).toBe(900);
    await text.search('none');
    expect([text.found.length, text.searched]).toEqual([0, true]);
  });
});

describe('a line with what was found in it', () => {
  test('is the same line', () => {
    expect(pieces('Error: error', 'error')).toEqual([
      { text: 'Error', found: true },
      { text: ': ', found: false },
      { text: 'error', found: true },
    ]);
    expect(pieces('', 'x')).toEqual([{ text: '', found: false }]);
    expect(pieces('<b>', '')).toEqual([{ text: '<b>', found: false }]);
  });

  test('marks nothing where case changes its length', () => {
    expect(
      pieces('İstanbul a', 'a')
        .map((p) => p.text)
        .join(''),
    ).toBe('İstanbul a');
  });
});
