import { afterEach, describe, expect, it, vi } from 'vitest';
import { Drag, drags, placeAmong, scrollSpeed } from './drag.svelte';

describe('a list below the pointer', () => {
  it.each([
    [300, 0],
    [148, 0],
    [147, -1],
    [100, -14],
    [0, -14],
    [453, 1],
    [500, 14],
    [900, 14],
  ])('with its edges at 100 and 500 scrolls at %d by %d', (y, by) => {
    expect(scrollSpeed(y, 100, 500)).toBe(by);
  });

  it('that has no height stays', () => expect(scrollSpeed(10, 10, 10)).toBe(0));
});

it.each([
  [5, [], 0],
  [5, [6, 7], 0],
  [5, [4, 5, 6], 2],
  [5, [1, 2], 2],
])('%d among %o lies before number %d', (value, others, at) => expect(placeAmong(value, others)).toBe(at));

describe('a card', () => {
  afterEach(() => (document.body.innerHTML = ''));

  function board() {
    document.body.innerHTML = '<article><button data-item>T3</button></article><ul data-drop="waiting"></ul>';
    const el = document.querySelector('article') as HTMLElement;
    const target = document.querySelector('ul') as HTMLElement;
    const dropped: string[] = [];
    const drag = new Drag<string>(
      (_, over) => (over === 'waiting' ? 'Wait on…' : ''),
      (thing, over) => dropped.push(`${thing} ${over}`),
    );
    document.elementFromPoint = () => target;
    const stop = drags(drag, 'T3')(el) as () => void;
    const send = (type: string, x: number, on: EventTarget = el) =>
      on.dispatchEvent(
        new PointerEvent(type, { clientX: x, clientY: 0, button: 0, bubbles: true, pointerType: 'mouse' }),
      );
    return { drag, dropped, send, stop };
  }

  it('that trembles is not dragged', () => {
    const { drag, dropped, send } = board();
    send('pointerdown', 0);
    send('pointermove', 3);
    expect(drag.thing).toBeUndefined();
    send('pointerup', 3);
    expect(dropped).toEqual([]);
  });

  it('lifts, says what a drop would do, and is dropped', () => {
    const { drag, dropped, send } = board();
    send('pointerdown', 0);
    send('pointermove', 40);
    expect([drag.thing, drag.over]).toEqual(['T3', 'waiting']);
    expect(document.querySelector('.lifted')?.textContent).toContain('Wait on…');
    send('pointerup', 40);
    expect(dropped).toEqual(['T3 waiting']);
    expect(document.querySelector('.lifted')).toBeNull();
    expect(drag.thing).toBeUndefined();
  });

  it('goes back at Esc', () => {
    vi.useFakeTimers();
    const { drag, dropped, send } = board();
    send('pointerdown', 0);
    send('pointermove', 40);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(drag.thing).toBeUndefined();
    send('pointerup', 40);
    vi.runAllTimers();
    vi.useRealTimers();
    expect(document.querySelector('.lifted')).toBeNull();
    expect(dropped).toEqual([]);
  });

  it('that is taken away while it is dragged leaves nothing behind', () => {
    vi.useFakeTimers();
    const { send, stop } = board();
    send('pointerdown', 0);
    send('pointermove', 40);
    stop();
    vi.runAllTimers();
    vi.useRealTimers();
    expect(document.querySelector('.lifted')).toBeNull();
  });
});
