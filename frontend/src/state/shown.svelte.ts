import type {
  AppError,
  BriefAsk,
  BriefView,
  Chip,
  ClaimsScreen,
  Cockpit,
  DecisionsScreen,
  EntryRow,
  Head,
  InboxView,
  List,
  ThingView,
  TimelineView,
  UpdatesScreen,
} from '../backend';
import { Length, Reader } from '../backend';
import { Travel } from './travel.svelte';

export type View =
  'cockpit' | 'claims' | 'timeline' | 'brief' | 'inbox' | 'checkin' | 'decisions' | 'updates' | 'people';
export type Screen =
  'incidents' | 'declare' | 'sharing' | 'thread' | 'evidence' | 'tree' | 'worklist' | 'recheck' | View;

/** The page of one thread: all that happened in it, newest first. */
export interface ThreadPage {
  head: Head;
  thread: ThingView;
  entries: EntryRow[];
  more: number;
  /** What is in the incident, to name what the entries are about. */
  names: Chip[];
}

/** A menu on the thing that is selected: what can be done with it, where it can be moved to, or what evidence says about it. */
export interface OpenMenu {
  what: 'acts' | 'move' | 'evidence';
  /** Where it opens: where the pointer is, else at the thing. */
  at: { x: number; y: number } | undefined;
}

/** What the window shows: which screen, of which incident, and what was read for it. */
export class Shown {
  screen = $state.raw<Screen>('incidents');
  /** Nothing was read yet: there is nothing to draw but the frame. */
  loading = $state.raw(true);
  list = $state.raw<List>();
  incident = $state.raw('');
  cockpit = $state.raw<Cockpit>();
  claims = $state.raw<ClaimsScreen>();
  timeline = $state.raw<TimelineView>();
  decisions = $state.raw<DecisionsScreen>();
  updates = $state.raw<UpdatesScreen>();
  inbox = $state.raw<InboxView>();
  brief = $state.raw<BriefView>();
  ask = $state.raw<BriefAsk>({ reader: Reader.Joining, length: Length.FiveMinutes, since: 0 });
  /** What is opened beside the screen. */
  thing = $state.raw<ThingView>();
  /** The thread whose page is shown. */
  page = $state.raw<ThreadPage>();
  /** What has, or had last, the focus: what acts act on. */
  selected = $state.raw<Chip>();
  /** The prompts that were looked at. */
  prompted = $state.raw<Record<string, boolean>>({});
  /** Which menu is open, on the thing that is selected. */
  menu = $state.raw<OpenMenu>();
  /** The claim that the claims screen shows beside its list. */
  claim = $state.raw('');
  error = $state.raw<AppError>();
  /** Said once, and read out: "Copied". */
  said = $state.raw('');
  palette = $state.raw(false);
  keySheet = $state.raw(false);
  /** The field for a moment to go back to. */
  askingWhen = $state.raw(false);
  settings = $state.raw(false);
  /** Whether a form holds text that is nowhere else. */
  typed = $state.raw(false);
  /** Somebody closes the window although what was typed would be lost. */
  closing = $state.raw(false);
  prompts = $state.raw<'few' | 'all'>('few');
  /** Whether all that guards the incident is shown, room or not. */
  guards = $state.raw(false);
  /** Whether the beliefs are shown where there is no room for them beside the threads. */
  beliefs = $state.raw(false);

  readonly travel = new Travel();

  /** The top bar's line about the incident that is open. */
  get head(): Head | undefined {
    if (this.screen === 'cockpit') return this.cockpit?.head;
    if (this.screen === 'claims') return this.claims?.head;
    if (this.screen === 'timeline') return this.timeline?.head;
    if (this.screen === 'thread') return this.page?.head;
    if (this.screen === 'decisions') return this.decisions?.head;
    if (this.screen === 'updates') return this.updates?.head;
    if (this.screen === 'inbox') return this.inbox?.head;
    return this.screen === 'brief' ? this.brief?.head : undefined;
  }

  /** Whether the form is shown that declares an incident: asked for, or because there is nothing else to show. */
  get declaring(): boolean {
    return this.screen === 'declare' || (this.screen === 'incidents' && this.list?.incidents.length === 0);
  }

  get inIncident(): boolean {
    return !['incidents', 'declare', 'sharing'].includes(this.screen);
  }

  /** Whether the window shows the incident as it was known at an earlier moment: to be read only. */
  get past(): boolean {
    return this.travel.at > 0;
  }

  /** The thing that acts act on: what is selected, else what is open. */
  get subject(): Chip | undefined {
    if (!this.inIncident) return undefined;
    return (
      this.selected ?? this.thing?.chip ?? (this.screen === 'thread' ? this.page?.thread.chip : undefined)
    );
  }
}
