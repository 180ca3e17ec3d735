import type { Cockpit } from '../backend';

/** One soft sound for a warning that was not there before; off until somebody wants it. */
export class Sound {
  #known: Set<string> | undefined;
  readonly #play: () => void;

  constructor(play: () => void = soft) {
    this.#play = play;
  }

  /** Listens to what was read. What stands when an incident is opened makes no sound. */
  cockpit(view: Cockpit, on: boolean): void {
    const warnings = view.prompts
      .filter((prompt) => prompt.level === 'warning')
      .map((prompt) => `${view.head.id} ${prompt.kind} ${prompt.about.id}`);
    const fresh = this.#known && warnings.some((warning) => !this.#known?.has(warning));
    this.#known = new Set([...(this.#known ?? []), ...warnings]);
    if (fresh && on) this.#play();
  }

  /** Starts afresh for another incident. */
  reset(): void {
    this.#known = undefined;
  }
}

const [pitch, length, loudness] = [523, 0.35, 0.06];

function soft(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const end = audio.currentTime + length;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(loudness, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, end);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(end);
  tone.onended = () => void audio.close();
}
