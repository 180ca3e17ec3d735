import type * as GoSharing from '../../wailsjs/go/app/Sharing';
import type * as GoWindow from '../../wailsjs/go/app/Window';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';

const Sharing = bound<typeof GoSharing>('Sharing');
const Window = bound<typeof GoWindow>('Window');

export type SharingLine = app.SharingLine;
export type SharingView = app.SharingView;
export type ChosenFolder = app.ChosenFolder;
export type FoundAsk = app.FoundAsk;
export type JoinAsk = app.JoinAsk;
export type InviteAsk = app.InviteAsk;
export type InvitationView = app.InvitationView;
export type MemberRow = app.MemberRow;
export type TroubleRow = app.TroubleRow;

export const sharing = {
  /** How sharing stands, in one line. Asking for it says that the first screen is painted. */
  sharingLine: Sharing.Line,
  sharing: Sharing.All,
  lookInFolder: Sharing.Look as (path: string) => Promise<ChosenFolder>,
  found: Sharing.Found as (ask: FoundAsk) => Promise<void>,
  joinShared: Sharing.Join as (ask: JoinAsk) => Promise<void>,
  invite: Sharing.Invite as (ask: InviteAsk) => Promise<InvitationView>,
  removeMember: Sharing.Remove as (device: string) => Promise<void>,
  leaveShared: Sharing.Leave,
  checkFolder: Sharing.Check,
  /** These ask with the dialogs of the desktop; '' where the person thought better of it. */
  chooseFolder: Window.ChooseFolder as (near: string) => Promise<string>,
  chooseInvitation: Window.ChooseInvitation,
  placeInvitation: Window.PlaceInvitation as (near: string) => Promise<string>,
};
