import { tick } from 'svelte';
import {
  AppError,
  type Chip,
  type EvidenceChange,
  type EvidenceView,
  type RedactAsk,
  type Sent,
} from '../backend';
import { toAppError } from '../backend/error';
import type { App } from './app.svelte';
import type { Place } from './commands/command';
import {
  actual,
  boxOf,
  counts,
  firstShape,
  held,
  moved,
  panned,
  place,
  scaleOf,
  stretched,
  whole,
  zoomed,
  type Camera,
  type Point,
  type Shape,
  type Size,
} from './geometry';
import type { Screen } from './shown.svelte';
import { LongText } from './text.svelte';
import { focusItem, pressFocused } from './walk';

/** What is drawn on a picture, and what comes of it. */
export type Tool = 'mark' | 'crop' | 'redact';

/** A shape as it is drawn: an arrow, or a box. */
export interface Drawn extends Shape {
  arrow: boolean;
}

/** What destroys, and is asked about first. */
export type Ask = 'redact' | 'strip';

/** Where one was before the evidence was opened. */
interface Origin {
  screen: Screen;
  thing: string;
  claim: string;
}

/** How far a key pans, in pixels of the screen, and moves a shape, in those of the screen as well. */
const panStep = 80;
const drawStep = 10;
const zoomStep = 1.25;

/** One evidence, opened to be looked at: what is seen of it, through which camera, and what is being drawn on it. */
export class Viewer {
  view = $state.raw<EvidenceView>();
  /** The one that it is compared with. */
  beside = $state.raw<EvidenceView>();
  text = $state.raw<LongText>();
  besideText = $state.raw<LongText>();
  /** What it may be compared with. */
  others = $state.raw<Chip[]>([]);
  camera = $state.raw<Camera>(whole);
  /** The room for the picture. */
  stage = $state.raw<Size>({ w: 1, h: 1 });
  tool = $state.raw<Tool>();
  /** Whether what is drawn next is an arrow. */
  arrow = $state.raw(true);
  shapes = $state.raw<Drawn[]>([]);
  /** Whether what is known of it is being changed, and which destruction is being asked about. */
  editing = $state.raw(false);
  asking = $state.raw<Ask>();
  /** What it may belong to, while what is known of it is changed. */
  threads = $state.raw<Chip[]>([]);
  /** Something is being written: it is not begun twice. */
  busy = $state.raw(false);
  /** Whether what is known of it is shown beside it. */
  known = $state.raw(true);
  /** Whether the keys are those of what is seen: the focus is on it, not on what is known of it. */
  looking = $state.raw(true);

  #within = '';
  #origin: Origin | undefined;
  #opened = 0; // counts what was opened, so that a late answer is dropped
  #compared = 0; // and what it was compared with
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** The screen that it was opened from. */
  get from(): Screen {
    return this.#origin?.screen ?? 'cockpit';
  }

  /** Where one is, for the keys. */
  get places(): Place[] {
    if (this.asking) return [];
    if (this.tool) return ['drawing'];
    const { isPicture, text, looking } = this;
    if (looking && isPicture) return ['picture', 'evidence'];
    return looking && text ? ['text', 'evidence'] : ['evidence'];
  }

  get picture(): Size {
    return { w: this.view?.width ?? 1, h: this.view?.height ?? 1 };
  }

  get isPicture(): boolean {
    return this.view?.shows === 'picture';
  }

  /** How large a pixel of the picture is on the screen. */
  get scale(): number {
    return scaleOf(this.camera, this.stage, this.picture);
  }

  /** Opens an evidence; the ones before and after it are those of a claim, if one is named. */
  async open(ref: string, within = ''): Promise<void> {
    const app = this.#app;
    const opened = (this.#opened += 1);
    await app.attempt(async () => {
      const view = await this.#read(ref, within);
      const text = await this.#textOf(view);
      if (!view || opened !== this.#opened) return;
      if (app.screen !== 'evidence') {
        this.#origin = { screen: app.screen, thing: app.thing?.chip.id ?? '', claim: app.claim };
        this.known = true;
      }
      this.#within = within;
      this.#leaveAll();
      this.#show(view, text);
      app.screen = 'evidence';
      app.close();
      app.selected = view.chip;
      await tick();
      this.focus();
    });
  }

  async #read(ref: string, within: string): Promise<EvidenceView | undefined> {
    const app = this.#app;
    try {
      return await app.backend.evidence(app.incident, ref, within, app.travel.at);
    } catch (reason) {
      if (!app.past || toAppError(reason).code !== 'not_found') throw reason;
      app.say('Not known yet at that moment');
      return undefined;
    }
  }

  #show(view: EvidenceView, text?: LongText): void {
    this.view = view;
    this.camera = whole;
    this.text = text;
    this.looking = true;
  }

  /** Its text, if it is one, with the beginning read: a key finds lines to go to as soon as it is seen. */
  async #textOf(view?: EvidenceView): Promise<LongText | undefined> {
    if (view?.shows !== 'text') return undefined;
    const app = this.#app;
    const text = new LongText(app.backend, app.incident, view.chip.id, app.travel.at);
    await text.open();
    return text;
  }

  /** Reads again what is known of it, since something changed. What is looked at stays as it is. */
  async reread(): Promise<EvidenceView | undefined> {
    const id = this.view?.chip.id;
    if (id === undefined) return undefined;
    const view = await this.#read(id, this.#within);
    const same = view?.shows === this.view?.shows && view?.sha256 === this.view?.sha256;
    const text = same ? this.text : await this.#textOf(view);
    if (!view || this.view?.chip.id !== id) return undefined;
    if (same) this.view = view;
    else {
      this.#leaveAll();
      this.#show(view, text);
    }
    return view;
  }

  /** Puts the focus on what is seen. */
  focus(): void {
    focusItem(document.querySelector<HTMLElement>('[data-stage]'));
  }

  /** To the evidence before or after; of the two that are compared, the right one moves. */
  async step(by: 1 | -1): Promise<void> {
    const at = this.beside ?? this.view;
    const next = by > 0 ? at?.next : at?.previous;
    if (!next) {
      this.#app.say(by > 0 ? 'That was the last one.' : 'That was the first one.');
      return;
    }
    if (this.beside) await this.compare(next.id);
    else await this.open(next.id, this.#within);
  }

  /** Shows another beside it, the next one if none is named; through the same camera. */
  async compare(ref?: string): Promise<void> {
    const chip = ref ?? this.view?.beside?.id;
    if (chip === undefined) {
      this.#app.say('There is no other evidence to compare it with.');
      return;
    }
    const app = this.#app;
    const compared = (this.#compared += 1);
    await app.attempt(async () => {
      const beside = await this.#read(chip, this.#within);
      const text = await this.#textOf(beside);
      if (!beside || compared !== this.#compared) return;
      if (!this.beside) {
        const things = await app.backend.names(app.incident, app.travel.at);
        this.others = things.filter(({ kind, id }) => kind === 'evidence' && id !== this.view?.chip.id);
      }
      this.beside = beside;
      this.besideText = text;
      this.known = false;
      this.camera = whole;
    });
  }

  /** Compares it with another that is chosen by name. */
  async choose(): Promise<void> {
    if (!this.beside) await this.compare();
    await tick();
    focusItem(document.querySelector<HTMLElement>('[data-beside]'));
  }

  alone(): void {
    this.#compared += 1;
    this.beside = undefined;
    this.besideText = undefined;
    this.known = true;
    this.camera = whole;
  }

  /** One step back: out of what was begun, out of the comparison, out of the evidence. */
  async back(): Promise<void> {
    const app = this.#app;
    if (this.asking) this.asking = undefined;
    else if (this.editing) this.endEditing();
    else if (this.tool) this.leaveTool();
    else if (this.beside) this.alone();
    else if (!this.looking) this.looking = true;
    else {
      await this.close();
      return;
    }
    if (app.thing) app.close();
    await tick();
    this.focus();
  }

  /** Goes to where one was before it was opened. */
  async close(): Promise<void> {
    const app = this.#app;
    const from = this.view?.chip.id;
    const origin = this.#origin ?? { screen: 'cockpit', thing: '', claim: '' };
    this.forget();
    app.close();
    app.selected = undefined;
    app.claim = origin.claim;
    app.screen = origin.screen;
    await app.reread();
    if (origin.thing !== '') await app.openThing(origin.thing);
    await tick();
    const opener = `main [data-opens="${CSS.escape(from ?? '')}"], main [data-item][data-opens="${CSS.escape(origin.thing)}"]`;
    focusItem(document.querySelector<HTMLElement>(opener));
  }

  /** Lets go of everything: another screen is shown. */
  forget(): void {
    this.#opened += 1;
    this.#leaveAll();
    this.view = undefined;
    this.text = undefined;
    this.#origin = undefined;
  }

  #leaveAll(): void {
    this.endEditing();
    this.leaveTool();
    this.asking = undefined;
    this.#compared += 1;
    this.beside = undefined;
    this.besideText = undefined;
  }

  /** Changes what is known of it. */
  async edit(): Promise<void> {
    const app = this.#app;
    if (!app.acts.may()) return;
    await app.attempt(async () => {
      this.threads = (await app.backend.names(app.incident, 0)).filter((chip) => chip.kind === 'thread');
    });
    if (this.beside) this.alone();
    app.close();
    this.known = true;
    this.editing = true;
  }

  endEditing(): void {
    this.editing = false;
  }

  /* Looking */

  zoom(by: 'in' | 'out' | number, at: Point = { x: this.stage.w / 2, y: this.stage.h / 2 }): void {
    const times = by === 'in' ? zoomStep : by === 'out' ? 1 / zoomStep : by;
    this.camera = zoomed(this.camera, this.stage, this.picture, times, at);
  }

  /** All of it, or one pixel for one: whichever it is not. */
  fit(): void {
    const fits = this.camera.times === 1;
    this.camera = fits ? actual(this.camera, this.stage, this.picture) : whole;
  }

  pan(dx: number, dy: number): void {
    this.camera = panned(this.camera, this.stage, this.picture, dx, dy);
  }

  panBy(x: number, y: number): void {
    this.pan(-x * panStep, -y * panStep);
  }

  /** Takes the size of the room for the picture; what is looked at stays in the middle. */
  resize(stage: Size): void {
    this.stage = stage;
    this.camera = held(this.camera, stage, this.picture);
  }

  /* Drawing */

  take(tool: Tool): void {
    if (!this.#app.acts.may()) return;
    this.alone();
    this.tool = tool;
    this.shapes = [];
    void tick().then(() => this.focus());
  }

  leaveTool(): void {
    this.tool = undefined;
    this.shapes = [];
  }

  /** Draws arrows or boxes from now on; what was drawn last becomes one. */
  drawArrows(arrow: boolean): void {
    this.arrow = arrow;
    this.#change((shape) => ({ ...shape, arrow }));
  }

  /** Begins a shape with the pointer. A crop has one box. */
  draw(shape: Shape): void {
    const arrow = this.tool === 'mark' && this.arrow;
    this.shapes = [...(this.tool === 'crop' ? [] : this.shapes), { ...shape, arrow }];
  }

  /** Goes on with the shape that was begun last. */
  redraw(shape: Shape): void {
    this.#change((last) => ({ ...last, ...shape }));
  }

  /** A pointer was let go: what is too small to be meant is gone. */
  drawn(): void {
    this.shapes = this.shapes.filter((shape) => counts(shape, shape.arrow));
  }

  /** Another shape, in the middle of what is seen. */
  another(): void {
    this.draw(firstShape(place(this.camera, this.stage, this.picture), this.stage, this.picture));
  }

  undraw(): void {
    this.shapes = this.shapes.slice(0, -1);
  }

  /** Moves the shape of the keys, or its last corner; makes one first if there is none. Fine is a pixel of the picture. */
  nudge(x: number, y: number, stretch: boolean, fine: boolean): void {
    if (this.shapes.length === 0) {
      this.another();
      return;
    }
    const step = fine ? 1 : Math.max(1, Math.round(drawStep / this.scale));
    const act = stretch ? stretched : moved;
    this.#change((shape) => ({ ...shape, ...act(shape, x * step, y * step, this.picture) }));
  }

  #change(change: (shape: Drawn) => Drawn): void {
    const last = this.shapes.at(-1);
    if (last) this.shapes = [...this.shapes.slice(0, -1), change(last)];
  }

  /** Makes of what was drawn what the tool is for. */
  async finish(): Promise<void> {
    const { tool, shapes, view } = this;
    if (!tool || !view) return;
    if (tool === 'redact') {
      this.asking = 'redact';
      return;
    }
    const last = shapes.at(-1);
    if (!last) {
      this.#app.say(tool === 'crop' ? 'Draw what is to be kept first.' : 'Draw something first.');
      return;
    }
    const { incident, backend } = this.#app;
    await this.record(
      () =>
        tool === 'crop'
          ? backend.crop(incident, view.chip.id, boxOf(last))
          : backend.mark(incident, view.chip.id, shapes),
      true,
    );
  }

  /* What is recorded */

  /** Records something, says what, and goes on to what it made if that is wanted. */
  async record(send: () => Promise<Sent>, goOn = false, undo = true): Promise<boolean> {
    const app = this.#app;
    if (this.busy || !app.acts.may()) return false;
    this.busy = true;
    try {
      const sent = await send();
      this.leaveTool();
      if (goOn && sent.open !== '') await this.open(sent.open, this.#within);
      await app.acts.tell({ ...sent, undo });
      return true;
    } catch (reason) {
      const { message, hint } = reason instanceof AppError ? reason : toAppError(reason);
      app.say(`${message} ${hint}`.trim());
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Keeps the chosen lines as an evidence of their own. */
  async excerpt(): Promise<void> {
    const { view, text } = this;
    if (!view || !text) return;
    const { from, to } = text.chosen;
    const { backend, incident } = this.#app;
    await this.record(() => backend.excerpt(incident, view.chip.id, from, to), true);
  }

  /** Of a picture a part is drawn first; of anything else it is asked at once. */
  beginToRedact(): void {
    if (this.isPicture) this.take('redact');
    else if (this.#app.acts.may()) this.asking = 'redact';
  }

  beginToStrip(): void {
    if (this.#app.acts.may()) this.asking = 'strip';
  }

  /** Whether its file carries more than is seen, which can be taken off. */
  get strippable(): boolean {
    return this.isPicture && (this.view?.metadata.length ?? 0) > 0;
  }

  /** Presses what is selected beside it; what is seen has nothing to press but its link. */
  enter(): unknown {
    return this.looking ? this.follow() : pressFocused();
  }

  /** Opens its link outside, whose host is on the screen. */
  async follow(view = this.view): Promise<void> {
    const address = view?.link?.address;
    if (address === undefined) return;
    try {
      await this.#app.backend.follow(address);
    } catch (reason) {
      this.#complain(reason);
    }
  }

  /** Destroys what was chosen: boxes of a picture, lines of a text, or all. */
  async redact(all: boolean, ask: RedactAsk): Promise<void> {
    const { view, text, shapes } = this;
    if (!view) return;
    const { backend, incident } = this.#app;
    const id = view.chip.id;
    const done = await this.record(
      () => {
        if (all) return backend.redactAll(incident, id, ask);
        if (text) return backend.redactLines(incident, id, ask, text.chosen.from, text.chosen.to);
        return backend.redact(incident, id, ask, shapes.map(boxOf));
      },
      true,
      false,
    );
    if (done) await this.#destroyed();
  }

  /** What was typed about what is destroyed is destroyed with it. */
  async #destroyed(): Promise<void> {
    const { composer, incident } = this.#app;
    this.asking = undefined;
    await composer.enter('');
    await composer.enter(incident);
  }

  /** Keeps the picture without what it carries besides, and destroys the original. */
  async strip(ask: RedactAsk): Promise<void> {
    const { view } = this;
    if (!view) return;
    const { backend, incident } = this.#app;
    const done = await this.record(() => backend.strip(incident, view.chip.id, ask), true, false);
    if (done) await this.#destroyed();
  }

  /** Records what was changed of it; false where that could not be recorded. */
  async change(change: EvidenceChange): Promise<boolean> {
    const { view } = this;
    const { incident, backend } = this.#app;
    if (!view || !(await this.record(() => backend.changeEvidence(incident, view.chip.id, change)))) {
      return false;
    }
    this.endEditing();
    await tick();
    this.focus();
    return true;
  }

  /** Says what it tells about a claim: the one that is selected, the one that it was opened from, its only one. */
  async relate(relation: 'for' | 'against' | 'neutral', about?: Chip): Promise<void> {
    const { view } = this;
    const app = this.#app;
    if (!view) return;
    const only = view.links.length === 1 ? view.links[0]?.chip : undefined;
    const own = view.links.find((link) => link.chip.id === this.#within)?.chip;
    const claim = about ?? (app.selected?.kind === 'claim' ? app.selected : (own ?? only));
    const line = `/link ${view.chip.label} ${relation} `;
    if (claim) await app.acts.lines(view.chip.id, line + claim.label);
    else app.acts.compose({ name: 'link', about: view.chip, text: line });
  }

  /** Begins a line that links it to a claim. */
  link(): void {
    const { view } = this;
    if (view) {
      this.#app.acts.compose({ name: 'link', about: view.chip, text: `/link ${view.chip.label} for ` });
    }
  }

  unask(): void {
    if (this.asking === undefined) return;
    this.asking = undefined;
    void tick().then(() => this.focus());
  }

  async saveCopy(view = this.view): Promise<void> {
    if (!view) return;
    try {
      const where = await this.#app.backend.saveCopy(this.#app.incident, view.chip.id);
      if (where !== '') this.#app.say(`Saved as ${where}`);
    } catch (reason) {
      this.#complain(reason);
    }
  }

  #complain(reason: unknown): void {
    const { message, hint } = toAppError(reason);
    this.#app.say(`${message} ${hint}`.trim());
  }
}
