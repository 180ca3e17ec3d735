// @vitest-environment node
import { describe, expect, test } from 'vitest';
import {
  actual,
  boxOf,
  counts,
  firstShape,
  fitScale,
  held,
  moved,
  panned,
  place,
  scaleOf,
  stretched,
  toPicture,
  whole,
  within,
  zoomed,
} from './geometry';

const stage = { w: 800, h: 600 };
const large = { w: 4000, h: 1500 };
const small = { w: 40, h: 30 };

describe('a picture on its stage', () => {
  test('is seen whole, in the middle, and never larger than it is', () => {
    expect(fitScale(stage, large)).toBe(0.2);
    expect(fitScale(stage, small)).toBe(1);
    expect(place(whole, stage, large)).toEqual({ scale: 0.2, x: 0, y: 150 });
    expect(place(whole, stage, small)).toEqual({ scale: 1, x: 380, y: 285 });
  });

  test('stays under the pointer while it is zoomed', () => {
    const at = { x: 610, y: 320 };
    let camera = zoomed(whole, stage, large, 4, { x: 400, y: 300 });
    const before = toPicture(at, place(camera, stage, large));
    camera = zoomed(camera, stage, large, 2, at);
    const after = toPicture(at, place(camera, stage, large));
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  test('cannot be zoomed out further than whole, nor in beyond 32 times', () => {
    expect(zoomed(whole, stage, large, 0.1, { x: 0, y: 0 })).toEqual(whole);
    expect(scaleOf(zoomed(whole, stage, small, 1e9, { x: 1, y: 1 }), stage, small)).toBe(32);
  });

  test('cannot be moved off the stage', () => {
    const camera = actual(whole, stage, large);
    expect(place(panned(camera, stage, large, 1e6, 1e6), stage, large)).toMatchObject({ x: 0, y: 0 });
    const end = place(panned(camera, stage, large, -1e6, -1e6), stage, large);
    expect(end.x).toBeCloseTo(800 - 4000);
    expect(end.y).toBeCloseTo(600 - 1500);
  });

  test('lies in the middle where there is room', () => {
    expect(held({ times: 1, x: 0.9, y: 0.1 }, stage, small)).toEqual(whole);
  });

  test('moves with the pointer, pixel by pixel', () => {
    const camera = actual(whole, stage, large);
    const before = place(camera, stage, large);
    const after = place(panned(camera, stage, large, -30, 12), stage, large);
    expect(after.x - before.x).toBeCloseTo(-30);
    expect(after.y - before.y).toBeCloseTo(12);
  });

  test('is one pixel to one at its actual size', () => {
    expect(scaleOf(actual(whole, stage, large), stage, large)).toBeCloseTo(1);
  });
});

describe('a shape', () => {
  const shape = { from: { x: 10, y: 20 }, to: { x: 30, y: 25 } };

  test('has one box, whichever way it was drawn', () => {
    const box = { x: 10, y: 20, w: 20, h: 5 };
    expect(boxOf(shape)).toEqual(box);
    expect(boxOf({ from: shape.to, to: shape.from })).toEqual(box);
  });

  test('keeps its size and stays in the picture when it is moved', () => {
    expect(boxOf(moved(shape, -99, 99, small))).toEqual({ x: 0, y: 25, w: 20, h: 5 });
  });

  test('is stretched as far as the picture goes', () => {
    expect(stretched(shape, 99, -99, small).to).toEqual({ x: 40, y: 0 });
  });

  test('has whole pixels', () => {
    expect(within({ from: { x: 1.4, y: -3 }, to: { x: 99, y: 2.6 } }, small)).toEqual({
      from: { x: 1, y: 0 },
      to: { x: 40, y: 3 },
    });
  });

  test('begins in the middle of what is seen', () => {
    expect(boxOf(firstShape(place(whole, stage, large), stage, large))).toEqual({
      x: 1333,
      y: 250,
      w: 1334,
      h: 1000,
    });
  });

  test('says nothing as a click', () => {
    expect(counts({ from: { x: 4, y: 4 }, to: { x: 4, y: 4 } }, false)).toBe(false);
    expect(counts({ from: { x: 4, y: 4 }, to: { x: 9, y: 4 } }, false)).toBe(false);
    expect(counts({ from: { x: 4, y: 4 }, to: { x: 9, y: 4 } }, true)).toBe(true);
  });
});
