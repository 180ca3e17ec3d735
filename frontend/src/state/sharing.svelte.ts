import type { MemberRow, SharingLine, SharingView } from '../backend';
import type { App } from './app.svelte';
import type { Screen } from './shown.svelte';

/** What a person is asked about before it is done. */
export type Sure = { what: 'leave' } | { what: 'remove'; member: MemberRow };

/** How the workspace is shared with others: the line about it, and the page. */
export class Sharing {
  line = $state.raw<SharingLine>();
  view = $state.raw<SharingView>();
  /** Its three steps are gone through, the last of which comes when it is shared already. */
  settingUp = $state.raw(false);
  sure = $state.raw<Sure>();

  #from: Screen = 'incidents';
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Reads how it stands. What cannot be read now is read with the next change. */
  async read(): Promise<void> {
    try {
      this.line = await this.#app.backend.sharingLine();
      if (this.#app.screen === 'sharing') await this.readPage();
    } catch {
      // The page that is shown says what is wrong.
    }
  }

  async readPage(): Promise<void> {
    this.view = await this.#app.backend.sharing();
    this.line = this.view.line;
    if (this.line.phase === 'alone') this.settingUp = true;
  }

  async open(): Promise<void> {
    const app = this.#app;
    if (app.screen === 'sharing') return;
    app.travel.end();
    app.composer.close();
    this.#from = app.screen;
    this.settingUp = false;
    app.screen = 'sharing';
    app.close();
    app.selected = undefined;
    await app.reread();
  }

  async back(): Promise<void> {
    this.#app.screen = this.#from;
    await this.#app.reread();
  }

  /** Asks about the member that has the focus, whether it is to be removed. */
  askToRemove(): void {
    const device = document.activeElement?.closest<HTMLElement>('[data-member]')?.dataset['member'];
    const member = this.view?.members.find((row) => row.device === device);
    if (!member) this.#app.say('Select first whom to remove, among those who share it.');
    else if (member.self) this.#app.say('This is the machine that you sit at: leave instead.');
    else if (!member.removed) this.sure = { what: 'remove', member };
  }

  async check(): Promise<void> {
    await this.#app.attempt(() => this.#app.backend.checkFolder());
    await this.readPage();
  }

  /** Does what was asked about. */
  async confirm(sure: Sure): Promise<void> {
    const { backend } = this.#app;
    await (sure.what === 'leave' ? backend.leaveShared() : backend.removeMember(sure.member.device));
    this.sure = undefined;
    await this.readPage();
  }
}
