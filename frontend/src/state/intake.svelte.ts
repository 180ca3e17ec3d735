import type { Chip, Relation, Taking, TookView } from '../backend';
import { toAppError } from '../backend/error';
import type { App } from './app.svelte';
import { looksLikeReadings } from './readings.svelte';

/** Where something is about to be let go. */
export interface Over {
  x: number;
  y: number;
  /** The claim or the thread that would take it. */
  chip: Chip | undefined;
}

/** What is dropped or pasted becomes evidence: of what it was let go on, or in the inbox. It says so, and how to undo it. */
export class Intake {
  /** Something from outside is over the window. */
  over = $state.raw<Over>();
  /** How far the taking in of files is, once it takes a while. */
  taking = $state.raw<Taking>();
  /** What was taken in last, until the person goes on to something else. */
  took = $state.raw<TookView>();

  #last: Promise<void> = Promise.resolve(); // one taking in after the other
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Listens to how far Go is. Returns how to stop. */
  start(): () => void {
    return this.#app.backend.onTaking((at) => {
      const long = at.of > 1 || at.part > 0;
      this.taking = at.done < at.of && long ? at : undefined;
    });
  }

  /** The claim that what was taken in last is linked to, whose sides can be chosen still. */
  get claim(): Chip | undefined {
    const { took } = this;
    return took && took.rows.length > 0 && took.on.kind === 'claim' ? took.on : undefined;
  }

  /** The one evidence that was taken in last, and has no place yet. */
  get homeless(): Chip | undefined {
    const [row, ...others] = this.took?.rows ?? [];
    if (!row || others.length > 0 || this.took?.on.id !== '') return undefined;
    return { id: row.id, label: row.label, kind: 'evidence', name: row.name, word: 'live', doubtful: false };
  }

  files(paths: string[], on: Chip | undefined, how: string): Promise<void> {
    return this.#take(on, how, (ask) => this.#app.backend.takeFiles(ask, paths));
  }

  async picture(blob: Blob, on: Chip | undefined): Promise<void> {
    const data = await base64(blob);
    await this.#take(on, 'paste', (ask) => this.#app.backend.takePicture(ask, data));
  }

  passage(text: string, on: Chip | undefined, how: string): Promise<void> {
    return this.#take(on, how, (ask) => this.#app.backend.takePassage(ask, text));
  }

  /** Takes in files that the person chooses. */
  async choose(): Promise<void> {
    if (!this.#app.acts.may()) return;
    const on = this.#app.subject;
    await this.#try(async () => {
      const paths = await this.#app.backend.choose();
      if (paths.length > 0) await this.files(paths, on, 'dialog');
    });
  }

  /** Takes in files that were dropped or pasted: one that may hold readings is looked at first. */
  async arrived(paths: string[], on: Chip | undefined, how: string): Promise<void> {
    if (!this.#may()) return;
    const [only] = paths;
    if (paths.length === 1 && only !== undefined && /\.(csv|tsv|txt)$/i.test(only)) {
      const keep = (): Promise<void> => this.files(paths, on, how);
      if (await this.#app.readings.offer(this.#app.incident, { path: only }, keep)) return;
    }
    await this.files(paths, on, how);
  }

  /** Takes in text that was dropped or pasted; one that may hold readings is looked at first. */
  async said(text: string, on: Chip | undefined, how: string): Promise<void> {
    if (!this.#may()) return;
    const paths = pathsIn(text);
    if (paths.length > 0) {
      await this.arrived(paths, on, how);
      return;
    }
    if (looksLikeReadings(text)) {
      const keep = (): Promise<void> => this.passage(text, on, how);
      if (await this.#app.readings.offer(this.#app.incident, { text }, keep)) return;
    }
    await this.passage(text, on, how);
  }

  /** Says what the evidence that was taken in last tells about the claim that it was dropped on. */
  async side(relation: Relation): Promise<void> {
    const { took, claim } = this;
    if (!took || !claim) return;
    const ids = took.rows.map((row) => row.id);
    await this.#try(async () => {
      const says = await this.#app.backend.relate(this.#app.incident, ids, claim.id, relation);
      this.took = undefined;
      this.#app.say(says);
      this.#app.acts.next = 'undo';
    });
    await this.#app.reread();
  }

  /** Lets go of what was said about the last taking in; false where nothing was. */
  dismiss(): boolean {
    const had = this.took !== undefined;
    this.took = undefined;
    return had;
  }

  #may(): boolean {
    if (this.#app.inIncident) return this.#app.acts.may();
    this.#app.say('Open an incident first, then do it again. Nothing was taken in.');
    return false;
  }

  async #take(
    on: Chip | undefined,
    how: string,
    take: (ask: { incident: string; on: string; relation: string; how: string }) => Promise<TookView>,
  ): Promise<void> {
    if (!this.#may()) return;
    const ask = { incident: this.#app.incident, on: on?.id ?? '', relation: '', how };
    this.#last = this.#last.then(() =>
      this.#try(async () => {
        this.took = await take(ask);
      }),
    );
    await this.#last;
    await this.#app.reread();
  }

  async #try(what: () => Promise<void>): Promise<void> {
    try {
      await what();
    } catch (reason) {
      const { message, hint } = toAppError(reason);
      this.#app.say(`${message} ${hint}`.trim());
    } finally {
      this.taking = undefined;
    }
  }
}

/** The paths of files that were copied in a file manager: it gives them as addresses, one a line. */
function pathsIn(text: string): string[] {
  const lines = text.trim().split(/\r?\n/);
  if (!lines.every((line) => line.startsWith('file:///'))) return [];
  try {
    return lines.map((line) => decodeURIComponent(new URL(line).pathname));
  } catch {
    return [];
  }
}

async function base64(blob: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error('The picture could not be read. Copy it again.'));
    reader.readAsDataURL(blob);
  });
  return url.slice(url.indexOf(',') + 1);
}
