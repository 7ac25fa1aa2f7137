// What an import says of a file, as the API gives it.
export interface Counts {
  seen: number;
  added: number;
  changed: number;
  unchanged: number;
  set_aside: number;
  gone: number;
}
export interface FileCounts extends Counts {
  file: string;
  read_before: boolean;
}
export interface SetAsideRow {
  file: string;
  place: string;
  id: string;
  field: string;
  reason: string;
}
export interface EditionChange {
  what: string;
  id: string;
  rec: string;
  type: string;
  brief: string;
  fields: Array<{ field: string; old: string; new: string }>;
  note: string;
}
export interface Report {
  source: string;
  kept: boolean;
  records: number;
  files: FileCounts[];
  total: Counts;
  set_aside: SetAsideRow[];
  set_aside_total: number;
  changes: EditionChange[];
  changes_total: number;
  remarks: Array<{ remark: string; rows: number; first: string }>;
  source_remarks: string[];
  /** Another edition of the source has rows of this file. */
  elsewhere: Array<{ file: string; edition: string; rows: number; by_id: boolean; refused: boolean }>;
  set_aside_csv: string;
  preview: boolean;
  entry?: number;
  checkpoint?: string;
}
export interface Proposal {
  name: string;
  map: string;
  remarks: string[];
  samples: string[];
}
/** How a file is to be taken in. */
export interface Asked {
  map: string;
  sheet: string;
  edition: string;
  replace: boolean;
  as_new: boolean;
}
export const asProposed = (): Asked => ({ map: '', sheet: '', edition: '', replace: false, as_new: false });

/** Whether taking it in would put anything on record. */
export const isNews = (counts: Counts): boolean => counts.added + counts.changed + counts.gone > 0;

/** Every row that was seen is either on record (new, changed or as it was) or set aside. */
export const accepted = (counts: Counts): number => counts.seen - counts.set_aside;
