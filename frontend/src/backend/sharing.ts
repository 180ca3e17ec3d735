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
  sharingLine: (): Promise<SharingLine> => Sharing.Line(),
  sharing: (): Promise<SharingView> => Sharing.All(),
  lookInFolder: (path: string): Promise<ChosenFolder> => Sharing.Look(path),
  found: (ask: FoundAsk): Promise<void> => Sharing.Found(ask),
  joinShared: (ask: JoinAsk): Promise<void> => Sharing.Join(ask),
  invite: (ask: InviteAsk): Promise<InvitationView> => Sharing.Invite(ask),
  removeMember: (device: string): Promise<void> => Sharing.Remove(device),
  leaveShared: (): Promise<void> => Sharing.Leave(),
  checkFolder: (): Promise<void> => Sharing.Check(),
  /** These ask with the dialogs of the desktop; '' where the person thought better of it. */
  chooseFolder: (near: string): Promise<string> => Window.ChooseFolder(near),
  chooseInvitation: (): Promise<string> => Window.ChooseInvitation(),
  placeInvitation: (near: string): Promise<string> => Window.PlaceInvitation(near),
};
