import type { Screen } from './shown.svelte';

/** Where somebody was before they went back in time. */
export interface Origin {
  screen: Screen;
  /** What was open beside the screen, and the claim that was chosen; '' for none. */
  thing: string;
  claim: string;
  /** What had the focus: the id that it opens. */
  focus: string;
}

/** Going back in time: everything is shown as it was known at a moment, and nothing can be recorded. */
export class Travel {
  /** The moment; 0 for now. */
  at = $state.raw(0);
  /** What happened then, if that is why one came: "D3 was decided". */
  because = $state.raw('');
  origin: Origin | undefined;

  /** Goes to a moment. Where one came from is kept until the return. */
  go(at: number, because: string, from: Origin): void {
    if (this.at === 0) this.origin = from;
    this.at = at;
    this.because = because;
  }

  /** Comes back to now, and says where one was. */
  end(): Origin | undefined {
    const origin = this.origin;
    this.at = 0;
    this.because = '';
    this.origin = undefined;
    return origin;
  }
}
