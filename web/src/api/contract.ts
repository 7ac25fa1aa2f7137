// Made from api/openapi.json by web/build/contract.js; do not edit.

/** What went wrong (RFC 9457). */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  field?: string;
  advice?: string;
};

/** A date that knows its precision; without one end it is open. A date without any value says which kind of empty it is. */
export type Span = {
  from?: string;
  to?: string;
  precision?: "day" | "month" | "year" | "range" | "open";
  none?: string;
};

/** A record as a page names it. */
export type Reference = {
  id: string;
  shown: string;
  disputed?: boolean;
};

export type Actor = {
  id: string;
  code: string;
  name: string;
};

/** Number of entries of the log whose state this is; null on behalf of another nation. */
export type Size = number | null;

/** To nobody in particular, and to an account of another nation, origin and known_at are empty, and checkpoint, entries and unsigned null. */
export type Session = {
  account: {
    name: string;
    display_name: string;
    role: Role;
    nation: string;
    language: string;
  } | null;
  demonstration: boolean;
  awaits_set_up: boolean;
  csrf: string;
  home: Actor;
  origin: string;
  checkpoint: {
    size?: number;
    note?: string;
  } | null;
  entries: number | null;
  unsigned: number | null;
  today: string;
  known_at: string;
  may_act_as: Role[];
};

export type Role = "reader" | "officer" | "approver" | "administrator" | "auditor";

export type SignIn = {
  name: string;
  password: string;
};

export type SetUp = {
  token: string;
  name: string;
  password: string;
  display_name?: string;
  language?: string;
};

export type Account = {
  id: string;
  name: string;
  display_name: string;
  role: Role;
  nation: string;
  language: string;
  disabled: boolean;
  created: string;
  last_sign_in: string | null;
};

export type Accounts = {
  items: Account[];
};

export type NewAccount = {
  name: string;
  password: string;
  role: Role;
  display_name?: string;
  nation?: string;
  language?: string;
};

/** What is left out stays. Another role, nation or password, and being disabled, ends the sessions. */
export type AccountChange = {
  role?: Role;
  disabled?: boolean;
  password?: string;
  display_name?: string;
  nation?: string;
  language?: string;
};

export type OwnSessions = {
  items: {
    id: string;
    began: string;
    seen: string;
    peer: string;
    browser: string;
    this_one: boolean;
  }[];
};

export type EndedSessions = {
  ended: number;
};

export type OwnPassword = {
  old: string;
  new: string;
};

export type Changed = {
  changed: boolean;
};

export type AccessLog = {
  items: Array<{
    number: number;
    at: string;
    account: string | null;
    route: string;
    what: "denied" | "export" | "personal" | "view_as" | "account";
    detail: string;
    status: number | null;
    record: string | null;
    peer: string;
  }>;
  next: number | null;
  lines: number;
  head: string;
};

/** How strong a tie is, of 100, with the band of its draws; without a total, why there is none. */
export type Strength = {
  value?: number;
  low?: number;
  high?: number;
  outer?: object;
  words?: string;
  seen: number;
  reason?: string;
};

export type Strand = {
  strand: string;
  name: string;
  covered: string;
  full?: number;
  points?: number;
  reason?: string;
};

export type Contact = {
  held: Span;
  when: string;
  words: string;
  record: string;
} | null;

export type Partner = {
  id: string;
  code: string;
  name: string;
  state: "stopped" | "restored" | "active" | "quiet" | "record_ends" | "not_released" | "none_on_record";
  state_words: string;
  stopped: string;
  stopped_since: object | null;
  stop_record?: string;
  stop_cause?: string;
  open_stops: number;
  strength: Strength;
  strands: Strand[];
  last_contact: Contact;
  next_planned: Contact;
  covered_until: string | null;
  not_released: boolean;
  spark: {
    last_year?: number;
    last?: number;
    seats?: number;
    name: unknown;
    points: unknown;
  };
  attention: number;
};

export type AttentionItem = {
  severity: number;
  rule: string;
  key: string;
  says: string;
  could_do: string;
  values: object;
  shipped: boolean;
  since: string;
  records: string[];
  partners: string[];
  until?: string;
  reason?: string;
};

export type Relationships = {
  home: Actor;
  on: string;
  headline: string;
  parameters: string;
  partners: Partner[];
  attention: AttentionItem[];
  put_off: AttentionItem[];
  nothing: string[];
  stops_begun: {
    year: unknown;
    count: unknown;
  }[];
  as_of: Size;
  known_at: string;
};

/** Panels one below the other on one axis; places are days since 1970. */
export type Picture = {
  panels: Array<{
    kind: "shocks" | "lane" | "stops" | "bars" | "curve" | "survey";
    name: string;
  }>;
  title: unknown;
  sentence: unknown;
  description: unknown;
  axis: unknown;
  moments: unknown;
  up: unknown;
  down: unknown;
  notes: unknown;
  foot: unknown;
};

export type Relationship = {
  actors: Actor[];
  valid_at: string;
  sentence: string;
  contacts: Reference[];
  stops: {
    number: unknown;
    began: unknown;
    ended: unknown;
    stopped_by: unknown;
    outages: unknown;
    first_back: unknown;
  }[];
  channels: {
    name: unknown;
    record: unknown;
    state: unknown;
    availability: unknown;
    last_used: unknown;
  }[];
  timeline?: Picture;
  strength?: Strength;
  strands?: Strand[];
  records: object;
  people: {
    name: unknown;
    records: unknown;
  }[];
  as_of: Size;
  known_at: string;
  years: unknown;
  covered: unknown;
};

/** What every measure answers with. */
export type Answer = {
  measure: string;
  version: number;
  parameters?: string;
  subject: string[];
  valid_at: string;
  known_at: string;
  headline: string;
  unit?: string;
  tables: {
    name: unknown;
    rows: unknown;
  }[];
};

export type Measures = {
  name: unknown;
  version: unknown;
  question: unknown;
}[];

export type RecordLine = {
  id: string;
  type: string;
  type_name: string;
  handle: string;
  title: string;
  revision: number;
  when?: string;
  day?: Span;
  cells?: object;
  disputed?: boolean;
};

export type RecordPage = {
  items: RecordLine[];
  total: number;
  next: string | null;
  columns: {
    name: unknown;
    label: unknown;
    numeric: unknown;
  }[];
  as_of: Size;
  known_at: string;
};

export type Facets = {
  type: string;
  total: number;
  fields: {
    values: {
      value: unknown;
      words: unknown;
      count: unknown;
    }[];
    none: {
      reason: unknown;
      count: unknown;
    }[];
    name: unknown;
    label: unknown;
    with_value: unknown;
    more: unknown;
  }[];
  as_of: Size;
};

export type RecordNames = {
  items: {
    id: unknown;
    type: unknown;
    handle: unknown;
    title: unknown;
  }[];
};

/** Where a revision stands in the log. On behalf of another nation neither its entry nor its author is told. */
export type Place = {
  entry?: number;
  row?: number;
  at?: string;
  recorded?: string;
  account?: string;
  author?: string;
  leaf: string;
};

export type Record = {
  id: string;
  type: string;
  handle: string;
  title: string;
  revision: number;
  retracted: boolean;
  fields: {
    name: string;
    label: string;
    words: string;
    typed: string;
    empty?: string;
    value: unknown;
  }[];
  place: Place;
  named_by: number;
  releasable_to?: string[];
  preview?: boolean;
  type_name: unknown;
  kind: unknown;
  cited_words: unknown;
  label: unknown;
};

export type History = {
  items: {
    place: Place;
    revision: unknown;
    act: unknown;
    current: unknown;
  }[];
  id: unknown;
  type: unknown;
};

/** Entries of the log, the latest first. */
export type ChangeList = {
  items: Array<{
    entry: number;
    recorded: string;
    account: string;
    author?: string;
    act: "recorded" | "superseded" | "retracted" | "imported" | "undone" | "declared" | "keyed" | "configured";
    record?: {
      id: string;
      type: string;
      handle: string;
      title: string;
      revision: number;
    };
    about?: string;
    rows?: number;
    reason?: string;
  }>;
  next: number | null;
};

export type Proof = {
  record: string;
  entry: string;
  tlog_proof: string;
  vkey: string;
  row?: string;
  row_number?: number;
  rows?: number;
  row_path?: string[];
  revision: unknown;
  index: unknown;
  disclosures: unknown;
};

export type NewRecord = {
  fields: object;
  releasable_to?: string[];
  preview?: boolean;
};

export type Changes = {
  changes: object;
  reason: string;
  remark?: string;
  releasable_to?: string[];
  preview?: boolean;
};

export type Withdrawal = {
  reason: string;
  remark?: string;
  preview?: boolean;
};

export type Checkpoint = {
  entries: number;
  origin: string;
  size?: number;
  root?: string;
  note?: string;
  unsigned?: number;
  vkey?: string;
  reason?: string;
};

/** A cluster of names that waits for a person. */
export type NameToReview = {
  text: string;
  nation: string;
  kind: "organisation" | "person" | "place";
  records: number;
  people: number;
  cost: number;
  matters: number;
  members: number;
  open: string[];
  reasons: string[];
  candidates: {
    text: string;
    cluster: string;
    members: number;
    records: number;
    score: number;
    parts: {
      part: unknown;
      value: unknown;
      words: unknown;
    }[];
  }[];
};

export type NamesToReview = {
  total: number;
  items: NameToReview[];
  as_of: Size;
  known_at: string;
};

export type NamesSummary = {
  mentions: number;
  names: number;
  clusters: number;
  open_clusters: number;
  conflicts: number;
  open: object;
  organisations: {
    organisation: unknown;
    spellings: unknown;
    clusters: unknown;
    nations: unknown;
    findings: unknown;
  }[];
  as_of: Size;
};

/** Names that are taken for one thing. */
export type NameCluster = {
  name: string;
  nation: string;
  kind: "organisation" | "person" | "place";
  names?: string;
  rule?: string;
  members: {
    text: string;
    records: number;
    people: number;
    cost: number;
    grounds: string[];
  }[];
  conflicts: string[];
  judged: Array<{
    record: string;
    left: string;
    right: string;
    verdict: "positive" | "negative" | "unsure";
    joins: boolean;
  }>;
  as_of?: Size;
};

export type NewJudgement = {
  left: string;
  right?: string;
  actor?: string;
  verdict: "positive" | "negative" | "unsure";
  nation?: string;
  kind?: "organisation" | "unit" | "ministry" | "school" | "person" | "place";
  note?: string;
  releasable_to?: string[];
  preview?: boolean;
};

export type Judged = {
  preview: boolean;
  repeated: boolean;
  id?: string;
  entry?: number;
  not_signed?: string;
  not_on_record: string[];
  cluster?: NameCluster;
};

export type EventsAsked = {
  terms: string[];
  time?: string;
  from?: string;
  to?: string;
  weight?: string;
  ties?: "breslow" | "efron";
  undirected?: boolean;
  repeats_once?: boolean;
};

export type ReconciledProgrammes = {
  report: string;
  items: {
    section: unknown;
    country: unknown;
    programme: unknown;
    printed_totals: unknown;
    printed_people: unknown;
    printed_cost: unknown;
    as_printed: unknown;
    as_read: unknown;
    match_as_printed: unknown;
    match_as_read: unknown;
  }[];
  as_of: Size;
};

export type RepairedCells = {
  report: string;
  items: {
    at: unknown;
    id: unknown;
    country: unknown;
    column: unknown;
    repair: unknown;
    printed: unknown;
    read: unknown;
  }[];
  as_of: Size;
};

export type ReportsAsked = {
  uploads: string[];
  preview?: boolean;
  replace?: boolean;
};

export type Found = {
  q: string;
  groups: Array<{
    kind: "tie" | "date" | "record";
    total: number;
    items: {
      title: string;
      detail: string;
      href: string;
      id?: string;
      type?: string;
      handle?: string;
      when?: string;
      a?: string;
      b?: string;
      from?: string;
      to?: string;
    }[];
  }>;
  not_understood?: string;
  as_of: Size;
  known_at: string;
};

export type Health = {
  status: "ok";
};

export type KeptCheckpoint = {
  kept: string;
};

export type Growth = {
  from: number;
  to: number;
  path: string[];
  checkpoint: string;
};

export type AccessLogChecked = {
  holds: boolean;
  lines?: number;
  head?: string;
  finding?: string;
};

export type Imports = {
  items: {
    entry: unknown;
    recorded: unknown;
    source: unknown;
    files: unknown;
    records: unknown;
  }[];
  as_of: Size;
};

/** The bytes of a file. */
export type File = string;

export type Upload = {
  upload: string;
  name: string;
  bytes: number;
};

/** How a table was understood; remarks say what that is unsure of. */
export type MapProposal = {
  name: string;
  map: string;
  remarks: string[];
  samples: string[];
};

export type ImportAsked = {
  upload: string;
  map?: string;
  edition?: string;
  sheet?: string;
  preview?: boolean;
  replace?: boolean;
  as_new?: boolean;
};

/** What takes long; its result is there once it is done. */
export type Task = {
  id: string;
  what: string;
  words: string;
  share: number;
  state: "running" | "stopping" | "done" | "stopped" | "failed";
  result?: object;
  problem?: {
    title: unknown;
    status: unknown;
    detail: unknown;
  };
};

export type Tasks = {
  items: Task[];
};

export type UndoneImport = {
  entry: unknown;
  source: unknown;
  withdrawn: unknown;
  reinstated: unknown;
  kept_as_revised: unknown;
  undone_by: unknown;
};

export type VerifyAsked = {
  deep?: boolean;
  kept?: string;
};

export type Reconciled = {
  reports: unknown[];
  as_of: Size;
};

export type Parameters = object;

export type CodeList = {
  codes: {
    code: unknown;
    name: unknown;
  }[];
  list: unknown;
  name: unknown;
  help: unknown;
};

export type Schema = {
  types: {
    type: unknown;
    name: unknown;
    plural: unknown;
    help: unknown;
    fields: unknown;
  }[];
  lists: CodeList[];
};

/** A nation, organisation, service, unit or school that can act. */
export type fields_of_actor = {
  kind: string | string[];
  code?: string | string[];
  name: string | string[];
  short_name?: string | string[];
  aliases?: string | string[];
  codes?: string | string[];
  parents?: string | string[];
  existed?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A written arrangement between two or more actors. */
export type fields_of_agreement = {
  name: string | string[];
  short_name?: string | string[];
  kind?: string | string[];
  parties?: string | string[];
  unnamed_parties?: string | string[];
  signed?: string | string[];
  in_force?: string | string[];
  ended?: string | string[];
  state?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A standing way to meet or speak: a hotline, a yearly talks series, a visit programme, an exercise series. */
export type fields_of_channel = {
  name: string | string[];
  short_name?: string | string[];
  kind: string | string[];
  parties?: string | string[];
  unnamed_parties?: string | string[];
  level?: string | string[];
  cadence_days?: string | string[];
  established?: string | string[];
  ended?: string | string[];
  agreement?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A declared state of a channel over a period. States that nobody declared are derived from channels, disruptions and contacts and never stored. */
export type fields_of_channel_state = {
  channel: string | string[];
  state: string | string[];
  began: string | string[];
  ended?: string | string[];
  declared_by?: string | string[];
  stated_cause?: string | string[];
  words?: string | string[];
  shock?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** What a part of the record can speak about. Absence of records means nothing until someone says what was looked at. */
export type fields_of_coverage = {
  kind: string | string[];
  parties?: string | string[];
  record_types: string | string[];
  categories?: string | string[];
  counts?: string | string[];
  level_floor?: string | string[];
  covers: string | string[];
  completeness_low?: string | string[];
  completeness_high?: string | string[];
  ground: string | string[];
  sources?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A suspension, cancellation or refusal of contacts, and its end where one is known. */
export type fields_of_disruption = {
  side_a: string | string[];
  side_b: string | string[];
  began: string | string[];
  ended?: string | string[];
  last_known?: string | string[];
  stopped_by?: string | string[];
  scope_class?: string | string[];
  scope?: string | string[];
  channel?: string | string[];
  stated_cause?: string | string[];
  cause_class?: string | string[];
  shock?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A file as it was received: its bytes lie in the ledger's store, locked, and are checked whenever they are read. */
export type fields_of_document = {
  title?: string | string[];
  file_name?: string | string[];
  media_type: string | string[];
  size: string | string[];
  pages?: string | string[];
  language?: string | string[];
  digest?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** One recorded act of two or more actors: a visit, talk, call, exercise, port call, exchange. An exercise may have 39 participations. */
export type fields_of_engagement = {
  category: string | string[];
  subcategory?: string | string[];
  title?: string | string[];
  held?: string | string[];
  planned?: string | string[];
  participations?: string | string[];
  unnamed_parties?: string | string[];
  level?: string | string[];
  direction?: string | string[];
  host?: string | string[];
  places?: string | string[];
  people?: string | string[];
  channel?: string | string[];
  agreement?: string | string[];
  status?: string | string[];
  status_reason?: string | string[];
  status_by?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** An engagement offered by one actor to another, and what became of it. */
export type fields_of_invitation = {
  offered_by: string | string[];
  offered_to: string | string[];
  offered: string | string[];
  category?: string | string[];
  purpose?: string | string[];
  level?: string | string[];
  proposed?: string | string[];
  answer?: string | string[];
  answered?: string | string[];
  fulfilled_by?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** Whether two mentions name one thing, or a mention names an actor. Clusters are computed from judgements and never stored; to part what was joined, retract the judgement or record a negative one. */
export type fields_of_judgement = {
  verdict: string | string[];
  kind?: string | string[];
  nation?: string | string[];
  left?: string | string[];
  right?: string | string[];
  left_person?: string | string[];
  right_person?: string | string[];
  actor?: string | string[];
  ground?: string | string[];
  rule?: string | string[];
  rule_version?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A question that is asked again: the words of a command under a name. `entente list @NAME` asks it. */
export type fields_of_saved_query = {
  name: string | string[];
  words: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A dated irritant: an arms sale, incident, coup, sanction, law, test. */
export type fields_of_shock = {
  kind: string | string[];
  on: string | string[];
  initiators: string | string[];
  targets?: string | string[];
  third_parties?: string | string[];
  value?: string | string[];
  title?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A decision to look at something later: what a rule of attention raised about a tie, until when, and why. Until then `attention` names it apart. */
export type fields_of_snooze = {
  parties: string | string[];
  rule: string | string[];
  about?: string | string[];
  until: string | string[];
  reason: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A document that claims something. */
export type fields_of_source = {
  key: string | string[];
  title?: string | string[];
  publisher?: string | string[];
  published?: string | string[];
  url?: string | string[];
  licence?: string | string[];
  held_as?: string | string[];
  reliability?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A count computed from a source whose rows are not themselves on this record: training, exercises, agreements or alliances of a pair. Single records of the same thing come first; a tally is never added to them. */
export type fields_of_tally = {
  what: string | string[];
  parties: string | string[];
  deliverer?: string | string[];
  recipient?: string | string[];
  period: string | string[];
  standing?: string | string[];
  method?: string | string[];
  parts?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** One row of a training report: people of one nation on one course. It is no engagement and is never counted as one; it may be linked to one. */
export type fields_of_training_line = {
  recipient?: string | string[];
  recipient_printed?: string | string[];
  delivered_by?: string | string[];
  fiscal_year?: string | string[];
  standing?: string | string[];
  programme?: string | string[];
  programme_printed?: string | string[];
  course?: string | string[];
  delivery_unit?: string | string[];
  delivery_people?: string | string[];
  recipient_unit?: string | string[];
  held?: string | string[];
  place?: string | string[];
  people?: string | string[];
  cost?: string | string[];
  printed?: string | string[];
  engagement?: string | string[];
  report?: string | string[];
  section?: string | string[];
  page?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** A total that a training report prints for a programme of a country. It is compared with the lines and never counted. */
export type fields_of_training_total = {
  recipient?: string | string[];
  recipient_printed?: string | string[];
  fiscal_year?: string | string[];
  standing?: string | string[];
  programme?: string | string[];
  programme_printed?: string | string[];
  people?: string | string[];
  cost?: string | string[];
  report?: string | string[];
  section?: string | string[];
  page?: string | string[];
  citations?: string | string[];
  general_knowledge?: string | string[];
  conflicts?: string | string[];
  source_id?: string | string[];
  coding_note?: string | string[];
  note?: string | string[];
};

/** Every operation, with what may be asked of it. */
export const operations: { readonly [operation: string]: readonly string[] } = {
  "GET /api/session": [],
  "POST /api/session": [],
  "DELETE /api/session": [],
  "POST /api/set-up": [],
  "GET /api/events": [],
  "GET /api/relationships": ["home", "on", "general_knowledge", "as_of", "format", "as"],
  "GET /api/relationships/{a}/{b}": ["on", "general_knowledge", "records", "as_of", "as"],
  "GET /api/relationships/{a}/{b}/brief.pdf": ["on", "general_knowledge", "as_of", "as"],
  "GET /api/measures": [],
  "GET /api/measures/strength": ["a", "b", "at", "general_knowledge", "as_of", "against", "format", "as"],
  "GET /api/measures/shape": ["a", "b", "at", "general_knowledge", "as_of", "format", "as"],
  "GET /api/measures/overdue": ["a", "b", "at", "general_knowledge", "as_of", "format", "as"],
  "GET /api/measures/balance": ["a", "b", "at", "general_knowledge", "as_of", "format", "as"],
  "GET /api/measures/completeness": ["a", "b", "at", "general_knowledge", "as_of", "kinds", "within", "from", "format", "as"],
  "GET /api/measures/memory": ["a", "b", "at", "general_knowledge", "as_of", "format", "as"],
  "GET /api/measures/restart": ["a", "b", "at", "general_knowledge", "as_of", "from", "to", "format", "as"],
  "GET /api/measures/spells": ["a", "b", "at", "general_knowledge", "as_of", "kinds", "programme", "unit", "penalty", "format", "as"],
  "GET /api/measures/shocks": ["a", "b", "at", "general_knowledge", "as_of", "kind", "shock", "kinds", "window", "format", "as"],
  "GET /api/measures/forecast": ["a", "b", "at", "general_knowledge", "as_of", "channel", "format", "as"],
  "GET /api/measures/risk": ["a", "b", "at", "general_knowledge", "as_of", "suppose", "on", "format", "as"],
  "GET /api/measures/relational": ["a", "b", "at", "general_knowledge", "as_of", "kinds", "from", "half-life", "format", "as"],
  "GET /api/measures/attention": ["a", "b", "at", "general_knowledge", "as_of", "format", "as"],
  "GET /api/compare": ["home", "with", "strand", "at", "general_knowledge", "as_of", "as"],
  "GET /api/records": ["type", "pair", "actor", "where", "since", "until", "text", "sort", "oldest_first", "after", "limit", "fields", "format", "as_of", "as"],
  "GET /api/facets/{type}": ["fields", "pair", "actor", "where", "since", "until", "text", "sum", "by", "top", "as_of", "format", "as"],
  "GET /api/resolve": ["text", "types", "as_of", "as"],
  "GET /api/search": ["q", "home", "actor", "day", "limit", "as_of", "as"],
  "GET /api/records/{id}": ["as_of", "as"],
  "PATCH /api/records/{id}": [],
  "DELETE /api/records/{id}": [],
  "GET /api/records/{id}/history": ["as_of", "as"],
  "GET /api/records/{id}/proof": ["revision"],
  "POST /api/records/{type}": [],
  "GET /api/names/review": ["nation", "kind", "least_score", "as_of", "limit", "page", "format", "as"],
  "GET /api/names/summary": ["nation", "kind", "least_score", "as_of", "as"],
  "GET /api/names/cluster": ["text", "nation", "kind", "as_of", "as"],
  "POST /api/names/judgements": [],
  "GET /api/checkpoint": [],
  "POST /api/checkpoint": [],
  "GET /api/changes": ["account", "before", "limit", "format"],
  "POST /api/checkpoint/growth": [],
  "POST /api/uploads": ["name"],
  "POST /api/uploads/{id}/proposal": ["sheet"],
  "GET /api/imports": ["as_of", "format", "as"],
  "POST /api/imports": [],
  "DELETE /api/imports/{entry}": [],
  "GET /api/tasks": [],
  "GET /api/tasks/{id}": [],
  "DELETE /api/tasks/{id}": [],
  "POST /api/imports/fmtrpt": [],
  "POST /api/uploads/{id}/events": [],
  "GET /api/export": ["form", "as_of", "as"],
  "POST /api/documents": ["name", "source", "title", "language", "note", "releasable_to"],
  "GET /api/documents/{id}/file": ["as_of", "as"],
  "GET /api/calendar.ics": ["pair", "actor", "where", "since", "until", "text", "as_of", "as"],
  "POST /api/verify": [],
  "POST /api/rebuild": [],
  "POST /api/validate": ["at", "general_knowledge"],
  "GET /api/reconcile/fmtrpt": ["as_of", "as"],
  "GET /api/parameters": ["rules"],
  "GET /api/reconcile/fmtrpt/{report}": ["as_of", "format", "as"],
  "GET /api/reconcile/fmtrpt/{report}/repairs": ["as_of", "format", "as"],
  "GET /api/schema": [],
  "GET /api/codes/{list}": [],
  "GET /api/accounts": ["format"],
  "POST /api/accounts": [],
  "PATCH /api/accounts/{name}": [],
  "GET /api/account/sessions": [],
  "DELETE /api/account/sessions": ["id"],
  "POST /api/account/password": [],
  "GET /api/access-log": ["account", "what", "before", "limit", "format"],
  "GET /api/access-log/check": ["kept"],
  "GET /healthz": [],
  "GET /metrics": [],
};
