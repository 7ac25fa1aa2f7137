// What the pages take the API's answers for: closer than the contract (./contract.ts, made from api/openapi.json), and
// never against it (./agree.ts does not compile otherwise).

/** A date as far as it is known. An end may be missing. */
export interface Span {
  from?: string;
  to?: string;
  precision?: 'day' | 'month' | 'year' | 'range';
}
export interface Ref {
  id: string;
  shown: string;
  disputed?: boolean;
}
export interface ActorName {
  id: string;
  code: string;
  name: string;
}
/** In place of a figure that is not there: why. */
export interface Missing {
  reason: string;
  seen: number;
}

export interface Session {
  /** With a nation, it sees what that nation may see and no more. */
  account: { name: string; display_name: string; role: Role; nation: string; language: string } | null;
  demonstration: boolean;
  /** The first account can be made with the token that was printed. */
  awaits_set_up: boolean;
  home: ActorName;
  origin: string;
  checkpoint: { size: number; note: string } | null;
  unsigned: number;
  entries: number;
  today: string;
  known_at: string;
  may_act_as: Role[];
  csrf: string;
  version?: string;
}
export type Role = 'reader' | 'officer' | 'approver' | 'administrator' | 'auditor';

export type State = 'stopped' | 'restored' | 'active' | 'quiet' | 'record_ends' | 'not_released' | 'none_on_record';

export interface StrengthValue {
  value: number;
  low: number;
  high: number;
  words: string;
  seen: number;
  outer?: { low: number; high: number };
}
export interface Contact {
  held: Span;
  when: string;
  words: string;
  record: string;
}
export interface Partner extends ActorName {
  state: State;
  state_words: string;
  stopped: string;
  stopped_since: Span | null;
  open_stops: number;
  strength: StrengthValue | Missing;
  strands: Strand[];
  last_contact: Contact | null;
  next_planned: Contact | null;
  covered_until: string | null;
  not_released: boolean;
  spark: { name: string; points: SparkPoint[]; last?: number; last_year?: number; seats?: number };
  stop_record?: string;
  stop_cause?: string;
  attention: number;
}
/** How full one strand is, or why that cannot be said. */
export interface Strand {
  strand: string;
  name: string;
  full?: number;
  points?: number;
  reason?: string;
  covered: string;
}
export interface SparkPoint {
  year: number;
  value?: number;
  how: How;
}
export interface Attention {
  severity: number;
  rule: string;
  key: string;
  says: string;
  could_do: string;
  /** What was watched, by field: words, numbers, days; codes and dates as one types them. */
  values: Record<string, string | number>;
  /** The rule says what the one of its name that ships says. */
  shipped: boolean;
  since: string;
  records: string[];
  partners: string[];
  until?: string;
  reason?: string;
}
export interface Relationships {
  home: ActorName;
  on: string;
  as_of: number;
  known_at: string;
  headline: string;
  parameters: string;
  partners: Partner[];
  attention: Attention[];
  put_off: Attention[];
  nothing: string[];
  stops_begun: Array<{ year: number; count: number }>;
}

export type How = 'dense' | 'thin' | 'withheld' | 'none';
export interface Surveyed {
  from: number;
  to: number;
  how: How;
}
export interface Mark {
  from: number;
  to: number;
  exact: boolean;
  rise: 'up' | 'down' | 'level';
  height: number;
  head: 'meeting' | 'remote' | 'elsewhere';
  record: string;
}
interface Named {
  name: string;
  note?: string;
  aside?: string;
}
export interface LanePanel extends Named {
  kind: 'lane';
  survey: Surveyed[];
  marks: Mark[];
  directed: boolean;
}
export interface ShockPanel extends Named {
  kind: 'shocks';
  shocks: Array<{ at: number; kind: 'arms_sale' | 'incident' | 'law' | 'other'; record: string }>;
}
export interface Stop {
  label: string;
  from: number;
  from_latest: number;
  to_earliest?: number;
  to: number;
  record: string;
}
export interface StopPanel extends Named {
  kind: 'stops';
  survey: Surveyed[];
  stops: Stop[];
  uses: number[];
  refusals: number[];
  begins?: number;
  through: boolean;
}
export interface BarsPanel extends Named {
  kind: 'bars';
  bars: Array<{ from: number; to: number; value?: number; how: How; records: string[] }>;
  levels: Array<{ from: number; to: number; value: number; low: number; high: number }>;
  silences: Surveyed[];
  survey: Surveyed[];
  tall: boolean;
}
export interface CurvePoint {
  at: number;
  value?: number;
  low: number;
  high: number;
  outer_low: number;
  outer_high: number;
}
export interface CurvePanel extends Named {
  kind: 'curve';
  low: number;
  high: number;
  ticks: Array<{ value: number; words: string }>;
  classes: Array<{ value: number; words: string }>;
  points: CurvePoint[];
  survey: Surveyed[];
  band: boolean;
  outer: boolean;
  steps: boolean;
  dots: boolean;
  tall: boolean;
}
export interface SurveyPanel extends Named {
  kind: 'survey';
  stretches: Surveyed[];
}
export type Panel = LanePanel | ShockPanel | StopPanel | BarsPanel | CurvePanel | SurveyPanel;
export interface Picture {
  title: string;
  sentence: string;
  description: string;
  axis: { dates: boolean; first: number; last: number; name: string };
  panels: Panel[];
  moments: Array<{ at: number; words: string }>;
  up: string;
  down: string;
  notes: string[];
  foot: string;
}

export interface Range {
  low: number;
  high: number;
}
export type DateOrNone = Span & { none?: string };
export interface FirstBack {
  label: string;
  held: Span;
  days: Range;
  record: Ref;
}
export interface Episode {
  number: number;
  began: Span;
  ended: DateOrNone;
  days?: Range;
  days_so_far?: Range;
  stopped_by: ActorName[];
  stated_causes: string[];
  arms_sale: boolean;
  outages: Array<{ what: string; ended: DateOrNone; days: Range; record: Ref }>;
  single_events: Ref[];
  coincident_shocks: Array<{ kind: string; title: string; on: Span; by: string; record: Ref }>;
  first_back: FirstBack[];
  meanwhile: FirstBack[];
  last_said?: string;
}
export interface Channel {
  name: string;
  record: Ref;
  state: string;
  no_end_known: boolean;
  because: Ref[];
  availability: { share: { low: number; high: number; expected: number } | { none: string }; known_days: number; unknown_days: number };
  last_used: DateOrNone;
  last_use?: Ref;
}
export interface Relationship {
  actors: ActorName[];
  valid_at: string;
  known_at: string;
  as_of: number;
  sentence: string;
  contacts: Ref[];
  single_events: Ref[];
  shocks: Ref[];
  agreements: Ref[];
  years: Array<{ year: number; total: number; coverage: string }>;
  covered: Array<{ first: number; last: number; kind: string; statements: Ref[] }>;
  last_contacts: Array<{ category: string; label: string; title: string; held: Span; days_since: Range; records: Ref[] }>;
  availability_window?: { first: string; last: string };
  channels: Channel[];
  stops: Episode[];
  weak: Array<{ ground: string; what: string; records: Ref[]; records_total?: number }>;
  last_year: Array<{ label: string; held: Span; record: Ref }>;
  sources: Array<{ id: string; title: string; records: number }>;
  training: Training[];
  exercises_tallied?: { years: Array<{ year: number; coverage: string; number?: number; records?: Ref[] }>; total: number };
  agreements_in_force?: { spans: CountedSpan[] };
  alliances?: { spans: CountedSpan[] };
  measures: Array<{ measure: string; says: string; unit: string; value: number | null; reason?: string }>;
  timeline: Picture;
  records: Record<string, RecordLine>;
  people: Array<{ name: string; records: string[] }>;
  strength?: StrengthValue | Missing;
  strands?: Strand[];
}
/** So many were in force at once, by a source that counts them. */
export interface CountedSpan {
  period: Span;
  number: number;
  record: Ref;
  obligations?: string[];
}
/** A record in a line. */
export interface RecordLine {
  shown: string;
  type: string;
  type_name: string;
  title: string;
  when?: string;
  category?: string;
  kind?: string;
  level?: string;
  status?: string;
  stated_cause?: string;
}
export interface TrainingGroup {
  name: string;
  first: number;
  last: number;
  people: number;
  records: Ref[];
  records_total?: number;
}
export interface Training {
  by: string;
  to: string;
  people: number;
  years: Array<{ fiscal_year: number; coverage: string; people?: number; counted_from?: string; records?: Ref[] }>;
  programmes: TrainingGroup[];
  school_families: TrainingGroup[];
  not_released_because: Ref[];
}

/** A record in a list; cells are words by field. */
export interface RecordRow {
  id: string;
  type: string;
  type_name: string;
  handle: string;
  title: string;
  revision: number;
  when?: string;
  day?: DateOrNone;
  disputed?: boolean;
  cells: Record<string, string>;
}
export interface RecordPage {
  items: RecordRow[];
  columns: Array<{ name: string; label: string; numeric: boolean }>;
  total: number;
  next: string | null;
  as_of: number;
  known_at: string;
}
export interface FacetValue {
  value: string;
  words: string;
  count: number;
}
export interface FacetField {
  name: string;
  label: string;
  values: FacetValue[];
  none: Array<{ reason: string; count: number }>;
  with_value: number;
  more: number;
}
export interface Facets {
  type: string;
  total: number;
  fields: FacetField[];
  as_of: number;
}

export interface FieldSaid {
  name: string;
  label: string;
  help: string;
  words: string;
  /** As one would type it. */
  typed: string;
  value: unknown;
  empty?: string;
  record?: string;
  rows?: Array<{ words: string; typed: string; record?: string; parts?: Record<string, string>; records?: Record<string, string> }>;
  claims?: Array<{ field: string; claim: string; source?: string }>;
}
export interface Place {
  /** Told to home alone. */
  entry?: number;
  recorded?: string;
  account?: string;
  author?: string;
  row?: number;
  at?: string;
  leaf: string;
}
export interface RecordSaid extends Omit<RecordRow, 'cells'> {
  kind: string;
  retracted: boolean;
  reason?: string;
  fields: FieldSaid[];
  cited_words: Array<{ document: string; title: string; place: string; words: string; cut: boolean }>;
  label: string;
  place: Place;
  named_by: number;
  releasable_to?: string[];
  preview?: boolean;
  not_signed?: string;
}
export interface ChangeList {
  items: Array<{
    entry: number;
    recorded: string;
    account: string;
    author?: string;
    act: 'recorded' | 'superseded' | 'retracted' | 'imported' | 'undone' | 'declared' | 'keyed' | 'configured';
    record?: { id: string; type: string; handle: string; title: string; revision: number };
    about?: string;
    rows?: number;
    reason?: string;
  }>;
  next: number | null;
}
export interface History {
  id: string;
  type: string;
  items: Array<{
    revision: number;
    act: string;
    place: Place;
    current: boolean;
    reason?: string;
    remark?: string;
    changes?: Array<{ field: string; label: string; before?: string; after?: string }>;
  }>;
}

export interface FieldDeclared {
  name: string;
  type: string;
  label: string;
  help: string;
  many: boolean;
  required: boolean;
  clear: boolean;
  list?: string;
  unit?: string;
  alias?: string;
  default?: string;
  to?: string[];
  parts?: string[];
  fields?: FieldDeclared[];
}
export interface TypeDeclared {
  type: string;
  name: string;
  plural: string;
  help: string;
  title: string[];
  day: string;
  fields: FieldDeclared[];
}
export interface CodeDeclared {
  code: string;
  name: string;
  [attribute: string]: string;
}
export interface Schema {
  types: TypeDeclared[];
  lists: Array<{ list: string; name: string; help: string; codes: CodeDeclared[] }>;
}

/** RFC 9457. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail?: string;
  field?: string;
  advice?: string;
  /** Seconds until it makes sense to ask again. */
  wait?: number;
}
