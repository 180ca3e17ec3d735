import type {
  Backend,
  BriefView,
  Chip,
  ClaimsScreen,
  Cockpit,
  EvidenceView,
  Head,
  List,
  ReadingsView,
  Sent,
  SharingView,
  Start,
  Taking,
  PeopleView,
  TimelineView,
  TookView,
} from '../backend';
import { Length, Reader, Status } from '../backend';

/** A backend for tests: one small incident, every answer replaceable, every call remembered. */
export interface Fake {
  backend: Backend;
  calls: string[];
  /** Says that something changed, as Go does. */
  change: () => void;
  /** Says how far the taking in of files is, as Go does. */
  take: (at: Taking) => void;
}

const asOf = new Date(2026, 10, 22, 3, 41, 9).getTime();

export const head: Head = {
  id: 'inc',
  label: 'INC-1',
  title: 'Checkout is down',
  severity: 'SEV1',
  status: Status.Mitigating,
  trend: 'steady',
  ended: false,
  asOf,
  began: asOf - 87 * 60_000,
  records: 3,
  others: 2,
  lastRecord: asOf,
  endedAt: 0,
  leading: false,
  me: { name: 'Ada', state: 'active', until: 0, left: 0, step: '', off: '' },
  past: false,
  undo: '',
  redo: '',
  inbox: 0,
};

export const list: List = {
  asOf,
  workspace: '/w',
  me: 'Ada',
  incidents: [
    {
      id: 'i1',
      label: 'INC-1',
      title: 'Checkout is down',
      severity: 'SEV1',
      status: Status.Mitigating,
      ended: false,
      leads: ['Mara'],
      declared: asOf,
      lastRecord: asOf,
      records: 3,
      people: 1,
      mine: false,
    },
    {
      id: 'i2',
      label: 'INC-2',
      title: 'Mail is slow',
      severity: '',
      status: Status.Investigating,
      ended: false,
      leads: [],
      declared: asOf,
      lastRecord: asOf,
      records: 2,
      people: 1,
      mine: false,
    },
  ],
};

const graph = { id: 'e1', label: 'E1', kind: 'evidence', name: 'Graph', word: '', doubtful: false };

export const brief: BriefView = {
  head,
  ask: { reader: Reader.Joining, length: Length.FiveMinutes, since: 0 },
  words: 12,
  facts: [],
  absences: [
    { name: '15 min ago', since: asOf - 15 * 60_000 },
    { name: '30 min ago', since: asOf - 30 * 60_000 },
  ],
  sections: [
    { id: 'header', title: '', more: 0, sentences: [] },
    {
      id: 'situation',
      title: 'Situation',
      more: 0,
      sentences: [
        {
          text: 'Since 02:14: orders fail (E1).',
          state: '',
          sources: [graph],
          pieces: [{ text: 'Since 02:14: orders fail (' }, { text: 'E1', source: graph }, { text: ').' }],
          rest: [],
        },
      ],
    },
  ],
};

export const cockpit: Cockpit = {
  head,
  impact: 'Orders fail',
  spared: '',
  aim: '',
  guards: { severity: '', criteria: [], donts: [], tripwires: [], more: 0 },
  next: { what: '', at: 0 },
  readings: [],
  prompts: [],
  waiting: { all: 0, few: 3, rest: '', snoozed: 0, wakes: 0 },
  promised: [],
  promises: 0,
  roles: [{ role: 'lead', people: ['Mara'] }],
  here: 1,
  reading: [],
  twoLeads: '',
  columns: [],
  closed: [],
  ended: 0,
  open: 0,
  bearing: [],
  beliefs: [],
  claims: 0,
  verified: 0,
};

export const people: PeopleView = {
  head,
  people: [],
  apps: [],
  left: [],
  here: 1,
  free: 0,
  skills: [],
  roles: [],
  twoLeads: '',
  help: [],
  hands: [],
  atWork: 0,
};

export const timeline: TimelineView = {
  head,
  from: asOf - 87 * 60_000,
  to: asOf + 18 * 60_000,
  now: asOf,
  signals: [],
  decisions: [],
  checkins: [],
  lanes: [],
  promises: [],
  left: { signals: 0, decisions: 0, checkins: 0, lanes: 0, promises: 0 },
};

export const readings: ReadingsView = {
  says: '24 values of failing payments',
  added: 24,
  known: 0,
  names: ['failing payments'],
  from: asOf - 90 * 60_000,
  to: asOf,
};

const none: Chip = { id: '', label: '', kind: '', name: '', word: '', doubtful: false };

export const claims: ClaimsScreen = {
  head,
  groups: [],
  all: 0,
  says: '',
  again: '',
  people: [],
};

const sent = (says: string): Sent => ({ says, ids: ['e9'], labels: ['E9'], open: 'e9' });

/** A screenshot of 800 × 600, alone, about nothing. */
export const evidence = (ref: string): EvidenceView => ({
  head,
  chip: {
    id: ref,
    label: ref.toUpperCase(),
    kind: 'evidence',
    name: `Evidence ${ref}`,
    word: 'live',
    doubtful: false,
  },
  shows: 'picture',
  refusal: '',
  picture: `/evidence/i1/${ref}/picture`,
  width: 800,
  height: 600,
  frames: 1,
  format: 'png',
  size: '1.0 kB (1,000 bytes)',
  facts: [],
  sha256: '00',
  file: 'graph.png',
  here: true,
  metadata: [],
  by: 'Mara',
  typed: '',
  at: asOf,
  recorded: asOf,
  how: 'drop',
  device: 'mara-laptop',
  title: `Evidence ${ref}`,
  sort: 'screenshot',
  grade: '',
  origin: '',
  saidBy: '',
  observed: asOf,
  takenFrom: '',
  expired: false,
  talk: false,
  links: [],
  part: '',
  copies: [],
  kin: [],
  inbox: false,
  filed: false,
  struck: false,
  struckBy: '',
  why: '',
  redacted: false,
  redactedAt: 0,
  redactedBy: '',
  redactWhy: '',
  erased: '',
  place: 1,
  of: 1,
});

const nowhere: Chip = { id: '', label: '', kind: '', name: '', word: '', doubtful: false };

/** What Go says of files that were kept, in the inbox. */
export const tookOf = (...names: string[]): TookView => ({
  says: `${names.length} kept`,
  rows: names.map((name, n) => ({
    id: `e${n + 14}`,
    label: `E${n + 14}`,
    name,
    picture: false,
    refusal: '',
    known: '',
    observed: asOf,
    from: 'arrival',
  })),
  left: [],
  on: nowhere,
});

export const sharing: SharingView = {
  line: { phase: 'in_step', words: 'In step with 1 person, just now', mark: 'well' },
  asOf,
  me: 'Ada',
  named: true,
  name: 'On call',
  folder: '/sync',
  sealed: true,
  part: 0,
  progress: '',
  facts: [],
  strays: [],
  members: [],
  check: { going: false, part: 0, says: '', troubles: [] },
  invitation: '/home/ada/bearings-invitation.age',
  offer: '',
  words: {
    lede: '',
    invited: '',
    sealed: '',
    plain: '',
    briefs: '',
    bare: '',
    invite: '',
    open: '',
    check: '',
    again: '',
    remove: '',
    leave: '',
  },
};

export function fake(over: Partial<Backend> = {}): Fake {
  const calls: string[] = [];
  let taking: (at: Taking) => void = () => undefined;
  let changed: (sequence: number) => void = () => undefined;
  const start: Start = { list, open: 'i1', where: '', brief, kept: {} };
  const all: Backend = {
    start: () => Promise.resolve(start),
    incidents: () => Promise.resolve(list),
    declare: () => Promise.resolve('i3'),
    openSample: () => Promise.resolve('i4'),
    cockpit: () => Promise.resolve(cockpit),
    claims: () => Promise.resolve(claims),
    claimThreads: () => Promise.resolve([]),
    claimGroup: (_, name, from) =>
      Promise.resolve({ name, title: name, count: 0, from, more: 0, claims: [] }),
    proofs: () => Promise.resolve([]),
    brief: (_, ask) => Promise.resolve({ ...brief, ask }),
    briefAs: (_, __, format) => Promise.resolve(`the brief in ${format}`),
    printBrief: () => Promise.resolve(),
    saveBrief: (_, __, format) => Promise.resolve(`brief.${format}`),
    thing: (_, ref) =>
      Promise.resolve({
        chip: {
          id: ref,
          label: ref.toUpperCase(),
          kind: 'decision',
          name: `Thing ${ref}`,
          word: 'live',
          doubtful: false,
        },
        by: 'Mara',
        typed: '',
        at: asOf,
        approx: false,
        footing: '',
        stands: '',
        facts: [],
        story: [],
        restsOn: [],
        onIt: [],
        falls: [],
      }),
    evidence: (_, ref) => Promise.resolve(evidence(ref)),
    lines: (_, __, from) => Promise.resolve({ count: 0, from, lines: [] }),
    find: () => Promise.resolve({ lines: [], more: false }),
    mark: () => Promise.resolve(sent('Marked')),
    crop: () => Promise.resolve(sent('Cropped')),
    excerpt: () => Promise.resolve(sent('Excerpt')),
    redact: () => Promise.resolve(sent('Redacted')),
    redactLines: () => Promise.resolve(sent('Redacted lines')),
    redactAll: () => Promise.resolve({ ...sent('Redacted all'), labels: [], open: '' }),
    strip: () => Promise.resolve(sent('Stripped')),
    changeEvidence: () => Promise.resolve({ ...sent('Changed'), labels: [], open: '' }),
    saveCopy: () => Promise.resolve('graph.png'),
    names: () => Promise.resolve([]),
    unseen: () => Promise.resolve(),
    groundHead: () => Promise.resolve(head),
    blast: () => Promise.resolve({ claim: none, says: '', note: '', falls: [] }),
    worklist: () =>
      Promise.resolve({ claim: none, since: 0, by: '', why: '', done: 0, says: '', items: [], next: none }),
    tree: (_, __, way, from) =>
      Promise.resolve({ root: none, only: false, said: '', way, rows: [], from, count: 0 }),
    graph: () => Promise.resolve({ nodes: [], edges: [], layers: 0, widest: 0, left: 0 }),
    review: () => Promise.resolve({ says: '', claims: [], queue: [] }),
    gate: (_, __, line) =>
      Promise.resolve({
        action: none,
        footing: 'assumed',
        weak: 'C1 is only assumed',
        way: '',
        link: none,
        test: '',
        goOn: `${line} although C1 is only assumed`,
      }),
    timeline: () => Promise.resolve(timeline),
    entries: () => Promise.resolve({ head, entries: [], found: 0, says: '', next: '' }),
    moment: (text) => Promise.resolve(text === '15 min ago' ? asOf - 15 * 60_000 : 0),
    decided: () => Promise.resolve(asOf - 20 * 60_000),
    history: () => Promise.resolve([]),
    read: (_, __, text) =>
      Promise.resolve({ says: text === '' ? '' : `Reads ${text}`, problem: '', hint: '' }),
    complete: () => Promise.resolve([]),
    send: (_, __, text) =>
      Promise.resolve({ says: `Sent ${text}`, ids: ['n9'], labels: ['N9'], open: '', fell: 0 }),
    column: (_, name, from) => Promise.resolve({ name, count: 0, from, more: 0, cards: [] }),
    snooze: () => Promise.resolve(),
    keepDraft: () => Promise.resolve(),
    drafts: () => Promise.resolve({}),
    undo: () => Promise.resolve('Taken back: note'),
    redo: () => Promise.resolve('Brought back: note'),
    keep: () => Promise.resolve(),
    opened: () => Promise.resolve(),
    left: () => Promise.resolve(),
    where: () => Promise.resolve(''),
    callMe: () => Promise.resolve(),
    lookAtCSV: () => Promise.resolve(readings),
    lookAtText: () => Promise.resolve(readings),
    takeCSV: () => Promise.resolve(readings),
    takeText: () => Promise.resolve(readings),
    takeFiles: (_, paths) => Promise.resolve(tookOf(...paths)),
    takePicture: () => Promise.resolve(tookOf('pasted.png')),
    takePassage: (_, text) => Promise.resolve(tookOf(text)),
    relate: () => Promise.resolve('E14: against C4'),
    checkin: () => Promise.resolve({ head, opened: 0, due: 0, heard: 0, rows: [], draft: '' }),
    decisions: () => Promise.resolve({ head, groups: [], count: 0 }),
    updates: () => Promise.resolve({ head, audiences: [], sent: [], more: 0, pieces: [] }),
    message: () => Promise.resolve({ text: '', line: '', caret: 0 }),
    people: () => Promise.resolve(people),
    seen: () => Promise.resolve(false),
    putOff: () => Promise.resolve(),
    inbox: () => Promise.resolve({ head, count: 0, more: 0, rows: [] }),
    sharingLine: () => Promise.resolve(sharing.line),
    sharing: () => Promise.resolve(sharing),
    lookInFolder: (path) =>
      Promise.resolve({
        path,
        says: 'It is empty.',
        do: '',
        fit: true,
        joins: false,
        name: '',
        sealed: false,
      }),
    found: () => Promise.resolve(),
    joinShared: () => Promise.resolve(),
    invite: (ask) => Promise.resolve({ for: ask.for, path: ask.path, words: ['one', 'two'], until: asOf }),
    removeMember: () => Promise.resolve(),
    leaveShared: () => Promise.resolve(),
    checkFolder: () => Promise.resolve(),
    chooseFolder: () => Promise.resolve(''),
    chooseInvitation: () => Promise.resolve(''),
    placeInvitation: () => Promise.resolve(''),
    onSharing: () => () => undefined,
    onTaking: (callback) => {
      taking = callback;
      return () => undefined;
    },
    choose: () => Promise.resolve([]),
    setMenu: () => Promise.resolve(),
    front: () => Promise.resolve(),
    resized: () => Promise.resolve(),
    wear: () => Promise.resolve(),
    unsaved: () => Promise.resolve(),
    leave: () => Promise.resolve(),
    onCommand: () => () => undefined,
    onClosing: () => () => undefined,
    onDropped: () => () => undefined,
    search: () => Promise.resolve({ groups: [], found: 0, more: false }),
    follow: () => Promise.resolve(),
    copy: () => Promise.resolve(true),
    onChanged: (callback) => {
      changed = callback;
      return () => undefined;
    },
    ...over,
  };
  const remember =
    (name: string, answer: unknown) =>
    (...args: unknown[]) => {
      calls.push([name, ...args.map((a) => (typeof a === 'string' ? a : JSON.stringify(a)))].join(' '));
      return (answer as (...a: unknown[]) => unknown)(...args);
    };
  const backend = Object.fromEntries(
    Object.entries(all).map(([name, answer]) => [
      name,
      name.startsWith('on') ? answer : remember(name, answer),
    ]),
  ) as unknown as Backend;
  return { backend, calls, change: () => changed(1), take: (at) => taking(at) };
}
