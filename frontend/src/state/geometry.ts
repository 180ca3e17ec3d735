/**
 * Where a picture lies on its stage, and the shapes that are drawn on it. The camera is kept apart from both, so that two
 * pictures can be looked at through one.
 */

export interface Size {
  w: number;
  h: number;
}

export interface Point {
  x: number;
  y: number;
}

/** What is looked at: so many times as large as the whole fits, and which point of the picture (0 to 1) is in the middle. */
export interface Camera {
  times: number;
  x: number;
  y: number;
}

/** How a picture is drawn: the scale, and where its upper left corner is on the stage. */
export interface Placed extends Point {
  scale: number;
}

/** A shape in pixels of the picture: an arrow from one corner to the other, or the box between them. */
export interface Shape {
  from: Point;
  to: Point;
}

export const whole: Camera = { times: 1, x: 0.5, y: 0.5 };

/** One pixel of the picture is at most so large on the screen. */
const mostScale = 32;
/** From here on single pixels are wanted: they are drawn as squares. */
export const pixelScale = 2;

/** The scale at which all of a picture is seen; never larger than it is. */
export const fitScale = (stage: Size, picture: Size): number =>
  picture.w <= 0 || picture.h <= 0 ? 1 : Math.min(1, stage.w / picture.w, stage.h / picture.h);

export const scaleOf = (camera: Camera, stage: Size, picture: Size): number =>
  camera.times * fitScale(stage, picture);

export function place(camera: Camera, stage: Size, picture: Size): Placed {
  const scale = scaleOf(camera, stage, picture);
  return {
    scale,
    x: stage.w / 2 - camera.x * picture.w * scale,
    y: stage.h / 2 - camera.y * picture.h * scale,
  };
}

/** Keeps the picture on the stage: what is smaller lies in the middle, what is larger leaves no gap at an edge. */
export function held(camera: Camera, stage: Size, picture: Size): Camera {
  const fit = fitScale(stage, picture);
  const times = clamp(camera.times, 1, Math.max(1, mostScale / fit));
  const along = (at: number, room: number, length: number): number => {
    const half = room / 2 / (length * times * fit);
    return half >= 0.5 ? 0.5 : clamp(at, half, 1 - half);
  };
  return { times, x: along(camera.x, stage.w, picture.w), y: along(camera.y, stage.h, picture.h) };
}

/** Zooms so that what lies at a point of the stage stays there. */
export function zoomed(camera: Camera, stage: Size, picture: Size, by: number, at: Point): Camera {
  const before = place(camera, stage, picture);
  const under = toPicture(at, before);
  const { times } = held({ ...camera, times: camera.times * by }, stage, picture);
  const scale = times * fitScale(stage, picture);
  const x = (under.x - (at.x - stage.w / 2) / scale) / picture.w;
  const y = (under.y - (at.y - stage.h / 2) / scale) / picture.h;
  return held({ times, x, y }, stage, picture);
}

/** Moves the picture by so many pixels of the stage. */
export function panned(camera: Camera, stage: Size, picture: Size, dx: number, dy: number): Camera {
  const scale = scaleOf(camera, stage, picture);
  const x = camera.x - dx / (picture.w * scale);
  const y = camera.y - dy / (picture.h * scale);
  return held({ ...camera, x, y }, stage, picture);
}

/** One pixel of the picture on one of the screen, around the middle. */
export const actual = (camera: Camera, stage: Size, picture: Size): Camera =>
  held({ ...camera, times: 1 / fitScale(stage, picture) }, stage, picture);

export const toPicture = (at: Point, placed: Placed): Point => ({
  x: (at.x - placed.x) / placed.scale,
  y: (at.y - placed.y) / placed.scale,
});

const clamp = (n: number, least: number, most: number): number => Math.min(Math.max(n, least), most);

const inside = (p: Point, picture: Size): Point => ({
  x: clamp(Math.round(p.x), 0, picture.w),
  y: clamp(Math.round(p.y), 0, picture.h),
});

/** A shape with whole pixels, within the picture. */
export const within = ({ from, to }: Shape, picture: Size): Shape => ({
  from: inside(from, picture),
  to: inside(to, picture),
});

/** The box of a shape, whichever corner it was drawn from. */
export const boxOf = ({ from, to }: Shape): Point & Size => ({
  x: Math.min(from.x, to.x),
  y: Math.min(from.y, to.y),
  w: Math.abs(to.x - from.x),
  h: Math.abs(to.y - from.y),
});

/** Whether a shape says anything: a click is no box, and an arrow needs a length. */
export function counts(shape: Shape, arrow: boolean): boolean {
  const { w, h } = boxOf(shape);
  return arrow ? w + h >= 2 : w >= 1 && h >= 1;
}

/** A first shape for who draws with the keys: the middle third of what is seen. */
export function firstShape(placed: Placed, stage: Size, picture: Size): Shape {
  const from = toPicture({ x: stage.w / 3, y: stage.h / 3 }, placed);
  const to = toPicture({ x: (stage.w * 2) / 3, y: (stage.h * 2) / 3 }, placed);
  return within({ from, to }, picture);
}

/** Moves a shape as a whole, as far as the picture goes. */
export function moved(shape: Shape, dx: number, dy: number, picture: Size): Shape {
  const box = boxOf(shape);
  const x = clamp(dx, -box.x, picture.w - box.x - box.w);
  const y = clamp(dy, -box.y, picture.h - box.y - box.h);
  const by = (p: Point): Point => ({ x: p.x + x, y: p.y + y });
  return within({ from: by(shape.from), to: by(shape.to) }, picture);
}

/** Moves the end that was drawn last: the head of an arrow, a corner of a box. */
export const stretched = (shape: Shape, dx: number, dy: number, picture: Size): Shape =>
  within({ from: shape.from, to: { x: shape.to.x + dx, y: shape.to.y + dy } }, picture);

/** The head of an arrow, as the lines that Go will draw: two short strokes from its point. */
export function head({ from, to }: Shape, size: number): [Point, Point] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const at = (turn: number): Point => ({
    x: to.x - size * Math.cos(angle + turn),
    y: to.y - size * Math.sin(angle + turn),
  });
  return [at(Math.PI / 6), at(-Math.PI / 6)];
}
