// An import as the list of them has it.
export interface ImportOnRecord {
  entry: number;
  recorded: string;
  source: string;
  files: number;
  records: number;
  undone_by?: number;
}
export interface Undone {
  entry: number;
  source: string;
  withdrawn: number;
  reinstated: number;
  kept_as_revised: number;
  undone_by: number;
}
