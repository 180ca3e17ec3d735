export namespace app {
	
	export enum ActionState {
	    Assigned = "assigned",
	    Blocked = "blocked",
	    Done = "done",
	    Dropped = "dropped",
	    Failed = "failed",
	    InProgress = "in_progress",
	    Proposed = "proposed",
	}
	export enum ClaimState {
	    Assumption = "assumption",
	    Disputed = "disputed",
	    Hypothesis = "hypothesis",
	    Refuted = "refuted",
	    Supported = "supported",
	    Verified = "verified",
	    Withdrawn = "withdrawn",
	}
	export enum Format {
	    HTML = "html",
	    Markdown = "md",
	    PDF = "pdf",
	    Text = "text",
	}
	export enum Length {
	    FiveMinutes = "5m",
	    Full = "full",
	    OneMinute = "1m",
	}
	export enum Reader {
	    Joining = "joining",
	    Lead = "lead",
	    Leadership = "leadership",
	    Returned = "returned",
	}
	export enum Status {
	    Closed = "closed",
	    Investigating = "investigating",
	    Mitigating = "mitigating",
	    Monitoring = "monitoring",
	    Resolved = "resolved",
	}
	export enum ThreadState {
	    Active = "active",
	    DeadEnd = "dead_end",
	    Done = "done",
	    NeedsOwner = "needs_owner",
	    Parked = "parked",
	    Waiting = "waiting",
	}
	export interface Absence {
	    name: string;
	    since: number;
	}
	export interface AudienceRow {
	    name: string;
	    last: number;
	    due: number;
	    by: string;
	    overdue: boolean;
	}
	export interface FallRow {
	    chip: Chip;
	    now: string;
	    then: string;
	    via: Chip[];
	    way: string;
	}
	export interface Chip {
	    id: string;
	    label: string;
	    kind: string;
	    name: string;
	    word: string;
	    doubtful: boolean;
	    footing?: string;
	}
	export interface BlastView {
	    claim: Chip;
	    says: string;
	    note: string;
	    falls: FallRow[];
	}
	export interface BoxView {
	    x: number;
	    y: number;
	    w: number;
	    h: number;
	}
	export interface BriefAsk {
	    reader: Reader;
	    length: Length;
	    since: number;
	}
	export interface BriefFact {
	    name: string;
	    text: string;
	    at: number;
	}
	export interface BriefPiece {
	    text: string;
	    source?: Chip;
	}
	export interface BriefSentence {
	    text: string;
	    state: string;
	    sources: Chip[];
	    pieces: BriefPiece[];
	    rest: Chip[];
	}
	export interface BriefSection {
	    id: string;
	    title: string;
	    sentences: BriefSentence[];
	    more: number;
	}
	
	export interface Line {
	    kind: string;
	    key: string;
	    text: string;
	    more: string;
	    at: number;
	    turn: boolean;
	}
	export interface Me {
	    name: string;
	    state: string;
	    until: number;
	    left: number;
	    step: string;
	    off: string;
	}
	export interface Head {
	    id: string;
	    label: string;
	    title: string;
	    severity: string;
	    status: Status;
	    trend: string;
	    ended: boolean;
	    asOf: number;
	    past: boolean;
	    undo: string;
	    redo: string;
	    began: number;
	    records: number;
	    others: number;
	    lastRecord: number;
	    inbox: number;
	    endedAt: number;
	    leading: boolean;
	    me: Me;
	    line?: Line;
	}
	export interface BriefView {
	    head: Head;
	    ask: BriefAsk;
	    words: number;
	    facts: BriefFact[];
	    sections: BriefSection[];
	    absences: Absence[];
	}
	export interface CardAction {
	    id: string;
	    label: string;
	    text: string;
	    state: ActionState;
	    ended: boolean;
	    at: number;
	    overdue: boolean;
	    footing: string;
	    hard: boolean;
	}
	export interface Card {
	    id: string;
	    label: string;
	    title: string;
	    sort: string;
	    state: ThreadState;
	    owner: string;
	    waitingOn: string;
	    lastAt: number;
	    lastBy: string;
	    lastText: string;
	    before: string;
	    need: string;
	    rhythm: number;
	    due: number;
	    overdue: boolean;
	    footing: string;
	    actions: CardAction[];
	    more: number;
	    restsOn: Chip[];
	}
	
	export interface CheckRow {
	    kind: string;
	    holds: boolean;
	    text: string;
	    about: Chip;
	    mends: string;
	}
	export interface TroubleRow {
	    what: string;
	    effect: string;
	    do: string;
	}
	export interface CheckView {
	    going: boolean;
	    part: number;
	    says: string;
	    troubles: TroubleRow[];
	}
	export interface CheckinDot {
	    id: string;
	    at: number;
	    due: number;
	    closed: number;
	    answered: number;
	    expected: number;
	}
	export interface WordRow {
	    by: string;
	    at: number;
	    text: string;
	    seeing: string;
	    doing: string;
	    need: string;
	}
	export interface CheckinRow {
	    person: string;
	    owns: Chip[];
	    since: number;
	    lastText: string;
	    lastAt: number;
	    answer?: WordRow;
	    line: string;
	}
	export interface CheckinView {
	    head: Head;
	    round?: Chip;
	    opened: number;
	    due: number;
	    heard: number;
	    rows: CheckinRow[];
	    draft: string;
	}
	
	export interface ChosenFolder {
	    path: string;
	    says: string;
	    do: string;
	    fit: boolean;
	    joins: boolean;
	    name: string;
	    sealed: boolean;
	}
	export interface VerdictRow {
	    by: string;
	    verdict: string;
	    at: number;
	    why: string;
	    evidence: Chip[];
	    ruling: boolean;
	}
	export interface Proof {
	    chip: Chip;
	    sort: string;
	    by: string;
	    observed: number;
	    weak: boolean;
	    mark: string;
	    says: string;
	    expired: boolean;
	    picture: boolean;
	    why: string;
	}
	export interface Side {
	    shown: Proof[];
	    all: number;
	    proof: number;
	}
	export interface Tally {
	    n: string;
	    text: string;
	    late: boolean;
	}
	export interface ClaimCase {
	    id: string;
	    label: string;
	    text: string;
	    by: string;
	    at: number;
	    state: ClaimState;
	    flags: string[];
	    remarks: string[];
	    tally: Tally;
	    load: number;
	    footing: string;
	    newestProof: number;
	    for: Side;
	    against: Side;
	    said: string;
	    onIt: Chip[];
	    direct: number;
	    rest: number;
	    test: string;
	    tested: string;
	    held: number;
	    asked: number;
	    neutral: number;
	    verdicts: VerdictRow[];
	    onNothing: string;
	    odd: string[];
	    checks: CheckRow[];
	    turned: number;
	    turnedBy: string;
	    why: string;
	}
	export interface ClaimFilter {
	    text: string;
	    state: string;
	    flag: string;
	    thread: string;
	    person: string;
	    mine: boolean;
	}
	export interface ClaimRow {
	    id: string;
	    label: string;
	    text: string;
	    by: string;
	    at: number;
	    state: ClaimState;
	    flags: string[];
	    remarks: string[];
	    tally: Tally;
	    load: number;
	    footing: string;
	    newestProof: number;
	    for: Side;
	    against: Side;
	    said: string;
	    onIt: Chip[];
	    direct: number;
	    rest: number;
	    test: string;
	    tested: string;
	    held: number;
	    asked: number;
	}
	export interface ClaimGroup {
	    name: string;
	    title: string;
	    count: number;
	    from: number;
	    more: number;
	    claims: ClaimRow[];
	}
	
	export interface Eggs {
	    claim: Chip;
	    people: string[];
	    of: number;
	}
	export interface ClaimsScreen {
	    head: Head;
	    groups: ClaimGroup[];
	    all: number;
	    says: string;
	    again: string;
	    people: string[];
	    eggs?: Eggs;
	}
	export interface ClosedRow {
	    chip: Chip;
	    end: ThreadState;
	    at: number;
	}
	export interface Column {
	    name: string;
	    count: number;
	    from: number;
	    more: number;
	    cards: Card[];
	}
	export interface ReadingIn {
	    name: string;
	    until: number;
	}
	export interface RoleRow {
	    role: string;
	    people: string[];
	}
	export interface PromiseRow {
	    at: number;
	    text: string;
	    who: string;
	    about: Chip;
	}
	export interface Waiting {
	    all: number;
	    few: number;
	    rest: string;
	    snoozed: number;
	    wakes: number;
	}
	export interface PromptRow {
	    rank: number;
	    level: string;
	    look: string;
	    kind: string;
	    title: string;
	    why: string;
	    about: Chip;
	    opens: string;
	    count: number;
	}
	export interface Dot {
	    at: number;
	    value: number;
	}
	export interface ReadingLine {
	    name: string;
	    unit: string;
	    now: number;
	    nowAt: number;
	    worst: number;
	    worstAt: number;
	    better: boolean;
	    points: Dot[];
	}
	export interface Deadline {
	    what: string;
	    at: number;
	}
	export interface TripwireRow {
	    chip: Chip;
	    if: string;
	    then: string;
	    by: number;
	    owner: string;
	}
	export interface CriterionRow {
	    chip: Chip;
	    ticked: number;
	}
	export interface Guards {
	    severity: string;
	    criteria: CriterionRow[];
	    donts: Chip[];
	    tripwires: TripwireRow[];
	    more: number;
	}
	export interface Cockpit {
	    head: Head;
	    impact: string;
	    spared: string;
	    aim: string;
	    guards: Guards;
	    next: Deadline;
	    readings: ReadingLine[];
	    prompts: PromptRow[];
	    waiting: Waiting;
	    promised: PromiseRow[];
	    promises: number;
	    roles: RoleRow[];
	    here: number;
	    reading: ReadingIn[];
	    twoLeads: string;
	    columns: Column[];
	    closed: ClosedRow[];
	    ended: number;
	    open: number;
	    bearing: ClaimRow[];
	    beliefs: ClaimGroup[];
	    eggs?: Eggs;
	    claims: number;
	    verified: number;
	}
	
	export interface CommandView {
	    name: string;
	    also: string[];
	    usage: string;
	    does: string;
	}
	export interface CompletionView {
	    from: number;
	    to: number;
	    insert: string;
	    shows: string;
	    detail: string;
	    key: string;
	}
	export interface ComposeView {
	    says: string;
	    problem: string;
	    hint: string;
	    blast?: BlastView;
	}
	export interface CopyRow {
	    chip: Chip;
	    part: string;
	}
	
	
	export interface DecisionDot {
	    chip: Chip;
	    at: number;
	    shaky: boolean;
	}
	export interface Fact {
	    name: string;
	    text: string;
	    at: number;
	    mono: boolean;
	    late: boolean;
	    by?: string;
	    chips?: Chip[];
	}
	export interface Poll {
	    says: string;
	    until: number;
	    against: string;
	}
	export interface DecisionRow {
	    chip: Chip;
	    how: string;
	    by: string;
	    at: number;
	    hard: boolean;
	    byWhen: string;
	    late: boolean;
	    poll?: Poll;
	    facts: Fact[];
	    objected: boolean;
	}
	export interface DecisionGroup {
	    name: string;
	    over: boolean;
	    more: number;
	    rows: DecisionRow[];
	}
	
	export interface DecisionsScreen {
	    head: Head;
	    groups: DecisionGroup[];
	    count: number;
	}
	export interface Declaration {
	    title: string;
	    severity: string;
	    me: string;
	}
	
	export interface DutyRow {
	    role: string;
	    people: string[];
	    duties: string;
	}
	
	export interface EntryRow {
	    record: string;
	    do: string;
	    id: string;
	    label: string;
	    kind: string;
	    at: number;
	    until: number;
	    approx: boolean;
	    recorded: number;
	    by: string;
	    text: string;
	    thread: Chip;
	    key: boolean;
	    due: number;
	}
	export interface EntriesView {
	    head: Head;
	    entries: EntryRow[];
	    found: number;
	    says: string;
	    next: string;
	}
	
	export interface EvidenceChange {
	    title: string;
	    sort: string;
	    grade: string;
	    origin: string;
	    saidBy: string;
	    observed: number;
	    thread: string;
	    filed: boolean;
	}
	export interface LinkRow {
	    chip: Chip;
	    relation: string;
	    by: string;
	    at: number;
	    why: string;
	    echo: boolean;
	}
	export interface LinkView {
	    host: string;
	    address: string;
	    url: string;
	    opens: boolean;
	    warnings: string[];
	}
	export interface EvidenceView {
	    head: Head;
	    chip: Chip;
	    shows: string;
	    refusal: string;
	    picture: string;
	    width: number;
	    height: number;
	    frames: number;
	    link?: LinkView;
	    format: string;
	    size: string;
	    sha256: string;
	    file: string;
	    here: boolean;
	    metadata: string[];
	    by: string;
	    typed: string;
	    at: number;
	    recorded: number;
	    how: string;
	    device: string;
	    facts: Fact[];
	    title: string;
	    sort: string;
	    grade: string;
	    origin: string;
	    saidBy: string;
	    observed: number;
	    takenFrom: string;
	    expired: boolean;
	    talk: boolean;
	    thread?: Chip;
	    links: LinkRow[];
	    copyOf?: Chip;
	    part: string;
	    copies: CopyRow[];
	    kin: Chip[];
	    inbox: boolean;
	    filed: boolean;
	    struck: boolean;
	    struckBy: string;
	    why: string;
	    redacted: boolean;
	    redactedAt: number;
	    redactedBy: string;
	    redactWhy: string;
	    erased: string;
	    inPlace?: Chip;
	    previous?: Chip;
	    next?: Chip;
	    beside?: Chip;
	    place: number;
	    of: number;
	}
	
	export interface FactRow {
	    name: string;
	    says: string;
	    do: string;
	    late: boolean;
	}
	
	export interface Filter {
	    text: string;
	    thread: string;
	    person: string;
	    kind: string;
	}
	export interface FoundAsk {
	    folder: string;
	    name: string;
	    person: string;
	    sealed: boolean;
	    briefs: boolean;
	}
	export interface FoundView {
	    lines: number[];
	    more: boolean;
	}
	export interface GateView {
	    action: Chip;
	    footing: string;
	    weak: string;
	    way: string;
	    link: Chip;
	    test: string;
	    goOn: string;
	}
	export interface GraphEdge {
	    from: number;
	    to: number;
	    set: number;
	    weak: string;
	}
	export interface GraphNode {
	    chip: Chip;
	    root: boolean;
	    only: boolean;
	    layer: number;
	    x: number;
	}
	export interface GraphView {
	    nodes: GraphNode[];
	    edges: GraphEdge[];
	    layers: number;
	    widest: number;
	    left: number;
	}
	
	export interface HandoverView {
	    from: string;
	    to: string;
	    at: number;
	    readback: string;
	    next: string;
	    over: string;
	    overWhy: string;
	    overAt: number;
	}
	export interface HandsRow {
	    claim: Chip;
	    people: string[];
	}
	
	export interface HelpRow {
	    reason: string;
	    say: string;
	    about: Chip[];
	}
	export interface Mark {
	    from: number;
	    to: number;
	}
	export interface HitRow {
	    record: string;
	    do: string;
	    id: string;
	    label: string;
	    kind: string;
	    at: number;
	    snippet: string;
	    marks: Mark[];
	}
	export interface InboxRow {
	    chip: Chip;
	    sort: string;
	    picture: boolean;
	    text: string;
	    url: string;
	    bytes: number;
	    by: string;
	    at: number;
	    observed: number;
	    from: string;
	    metadata: string[];
	}
	export interface InboxView {
	    head: Head;
	    count: number;
	    more: number;
	    rows: InboxRow[];
	}
	export interface IncidentRow {
	    id: string;
	    label: string;
	    title: string;
	    severity: string;
	    status: Status;
	    ended: boolean;
	    leads: string[];
	    declared: number;
	    lastRecord: number;
	    records: number;
	    people: number;
	    mine: boolean;
	}
	export interface InvitationView {
	    for: string;
	    path: string;
	    words: string[];
	    until: number;
	}
	export interface InviteAsk {
	    for: string;
	    path: string;
	    days: number;
	}
	export interface JoinAsk {
	    folder: string;
	    person: string;
	    invitation: string;
	    words: string;
	    briefs: boolean;
	}
	export interface Quiet {
	    from: number;
	    to: number;
	    late: number;
	}
	export interface Lane {
	    chip: Chip;
	    owner: string;
	    from: number;
	    closed: number;
	    ticks: number[];
	    quiet: Quiet[];
	    more: number;
	}
	export interface LeftOut {
	    signals: number;
	    decisions: number;
	    checkins: number;
	    lanes: number;
	    promises: number;
	}
	export interface LeftRow {
	    name: string;
	    why: string;
	}
	
	export interface LineView {
	    text: string;
	    cut: boolean;
	}
	export interface LinesView {
	    count: number;
	    from: number;
	    lines: LineView[];
	}
	
	
	export interface List {
	    asOf: number;
	    workspace: string;
	    me: string;
	    incidents: IncidentRow[];
	}
	
	export interface PointView {
	    x: number;
	    y: number;
	}
	export interface MarkView {
	    arrow: boolean;
	    from: PointView;
	    to: PointView;
	}
	
	export interface MemberRow {
	    device: string;
	    person: string;
	    machine: string;
	    self: boolean;
	    removed: boolean;
	    came: string;
	    wrote: string;
	    seen: string;
	    late: boolean;
	}
	export interface MenuItem {
	    group: string;
	    name: string;
	    keys: string;
	    id: string;
	}
	export interface MessageView {
	    text: string;
	    line: string;
	    caret: number;
	}
	export interface SkillCount {
	    name: string;
	    count: number;
	    on: boolean;
	}
	export interface PersonRow {
	    chip: Chip;
	    me: boolean;
	    why: string;
	    askedBy: string;
	    offer: string;
	    team: string;
	    skills: string[];
	    roles: string[];
	    since: number;
	    until: number;
	    left: number;
	    word: number;
	    doing: string;
	    owns: Chip[];
	    more: number;
	    free: boolean;
	}
	export interface PeopleView {
	    head: Head;
	    people: PersonRow[];
	    apps: PersonRow[];
	    left: PersonRow[];
	    here: number;
	    free: number;
	    skills: SkillCount[];
	    roles: DutyRow[];
	    twoLeads: string;
	    handover?: HandoverView;
	    help: HelpRow[];
	    hands: HandsRow[];
	    atWork: number;
	}
	
	export interface PieceRow {
	    id: string;
	    claim: string;
	    text: string;
	    ticked: boolean;
	}
	
	
	
	
	
	
	export interface RawView {
	    id: string;
	    do: string;
	    by: string;
	    at: number;
	    recorded: number;
	    fields: Fact[];
	}
	
	
	export interface ReadingsView {
	    says: string;
	    added: number;
	    known: number;
	    names: string[];
	    from: number;
	    to: number;
	}
	export interface RedactAsk {
	    why: string;
	    title: string;
	}
	export interface ReviewRow {
	    chip: Chip;
	    says: string;
	    test: string;
	    still: string;
	    doubt: string;
	}
	export interface ReviewView {
	    says: string;
	    claims: ReviewRow[];
	    queue: Chip[];
	}
	
	export interface SearchGroup {
	    incident: IncidentRow;
	    hits: HitRow[];
	}
	export interface SearchView {
	    groups: SearchGroup[];
	    found: number;
	    more: boolean;
	}
	export interface SentUpdate {
	    chip: Chip;
	    audience: string;
	    text: string;
	    by: string;
	    at: number;
	    states: Chip[];
	    corrects?: Chip;
	    corrected?: Chip;
	    shaky: boolean;
	    correct: string;
	    caret: number;
	}
	export interface Tested {
	    claim: Chip;
	    result: string;
	}
	export interface SentView {
	    says: string;
	    ids: string[];
	    labels: string[];
	    open: string;
	    tested?: Tested;
	    fell?: number;
	}
	export interface SharingLine {
	    phase: string;
	    words: string;
	    mark: string;
	}
	export interface SharingWords {
	    lede: string;
	    invited: string;
	    sealed: string;
	    plain: string;
	    briefs: string;
	    bare: string;
	    invite: string;
	    open: string;
	    check: string;
	    again: string;
	    remove: string;
	    leave: string;
	}
	export interface SharingView {
	    line: SharingLine;
	    asOf: number;
	    me: string;
	    named: boolean;
	    name: string;
	    folder: string;
	    sealed: boolean;
	    trouble?: TroubleRow;
	    part: number;
	    progress: string;
	    facts: FactRow[];
	    strays: TroubleRow[];
	    members: MemberRow[];
	    check: CheckView;
	    invitation: string;
	    words: SharingWords;
	    offer: string;
	}
	
	
	export interface Signal {
	    at: number;
	    sort: string;
	    text: string;
	    id: string;
	}
	
	export interface Start {
	    list: List;
	    open: string;
	    brief?: BriefView;
	    where: string;
	    kept: Record<string, string>;
	}
	export interface TakeAsk {
	    incident: string;
	    on: string;
	    relation: string;
	    how: string;
	}
	
	
	export interface ThingView {
	    chip: Chip;
	    by: string;
	    typed: string;
	    at: number;
	    approx: boolean;
	    footing: string;
	    stands: string;
	    facts: Fact[];
	    story: WordRow[];
	    claim?: ClaimCase;
	    restsOn: Chip[];
	    onIt: Chip[];
	    falls: FallRow[];
	    record?: RawView;
	}
	export interface TimelineView {
	    head: Head;
	    from: number;
	    to: number;
	    now: number;
	    signals: Signal[];
	    decisions: DecisionDot[];
	    checkins: CheckinDot[];
	    lanes: Lane[];
	    promises: PromiseRow[];
	    left: LeftOut;
	}
	export interface TookRow {
	    id: string;
	    label: string;
	    name: string;
	    picture: boolean;
	    refusal: string;
	    known: string;
	    observed: number;
	    from: string;
	}
	export interface TookView {
	    says: string;
	    rows: TookRow[];
	    left: LeftRow[];
	    on: Chip;
	}
	export interface TreeRow {
	    key: string;
	    kind: string;
	    depth: number;
	    chip: Chip;
	    set: number;
	    count: number;
	    holds: string;
	    again: boolean;
	    round: boolean;
	    only: boolean;
	    more: number;
	}
	export interface TreeView {
	    root: Chip;
	    only: boolean;
	    said: string;
	    way: string;
	    rows: TreeRow[];
	    from: number;
	    count: number;
	}
	
	
	export interface UndoneView {
	    says: string;
	}
	export interface UpdatesScreen {
	    head: Head;
	    audiences: AudienceRow[];
	    sent: SentUpdate[];
	    more: number;
	    pieces: PieceRow[];
	}
	
	
	
	export interface WorkRow {
	    fall: FallRow;
	    settled: string;
	    said: string;
	    by: string;
	    at: number;
	    owner: string;
	    keep: string;
	    stop: string;
	    caret: number;
	    stops: string;
	    ask: string;
	    correct: boolean;
	}
	export interface WorklistView {
	    claim: Chip;
	    since: number;
	    by: string;
	    why: string;
	    done: number;
	    says: string;
	    items: WorkRow[];
	    next: Chip;
	}

}

