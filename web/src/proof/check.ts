// Whether a record is in the log, found in this browser from the proof alone: nothing is asked of the server again.
import { fromBase64, same, sha256, toBase64Url, utf8 } from './bytes';
import { isSigned, readNote, type Signed } from './note';
import { leafHash, rootFrom } from './tree';

/** As the API gives it. */
export interface Proof {
  record: string;
  revision: number;
  index: number;
  entry: string;
  tlog_proof: string;
  vkey: string;
  disclosures: string[];
  row?: string;
  row_number?: number;
  rows?: number;
  row_path?: string[];
}

export interface Verdict {
  /** All that could be checked holds. */
  holds: boolean;
  /** The first thing that does not hold. */
  broken?: 'form' | 'row' | 'path' | 'signature' | 'values' | 'record';
  signed: Signed;
  size: number;
  index: number;
  rows?: { number: number; of: number };
  leaf: Uint8Array;
  root: Uint8Array;
  hashes: number;
  values: number;
}

/** Reads the C2SP form of a proof: index, hashes, the checkpoint. */
export function readProof(text: string): { index: number; hashes: Uint8Array[]; note: string } | undefined {
  const end = text.indexOf('\n\n');
  const [form, index, ...hashes] = text.slice(0, end).split('\n');
  const number = /^index (\d+)$/.exec(index ?? '');
  if (end < 0 || form !== 'c2sp.org/tlog-proof@v1' || !number) return undefined;
  return { index: Number(number[1]), hashes: hashes.map(fromBase64), note: text.slice(end + 2) };
}

export async function check(proof: Proof): Promise<Verdict> {
  const empty = new Uint8Array();
  const verdict: Verdict = { holds: false, signed: 'cannot tell', size: 0, index: proof.index, leaf: empty, root: empty, hashes: 0, values: 0 };
  const fails = (broken: NonNullable<Verdict['broken']>): Verdict => ({ ...verdict, broken });

  const read = readProof(proof.tlog_proof);
  const checkpoint = read && readNote(read.note);
  if (!read || !checkpoint) return fails('form');
  const entry = JSON.parse(proof.entry);
  Object.assign(verdict, { index: read.index, size: checkpoint.size, root: checkpoint.root, hashes: read.hashes.length });

  // A row of a batch stands in a tree of its own, whose root is in the entry.
  if (proof.row !== undefined) {
    const path = (proof.row_path ?? []).map(fromBase64);
    verdict.rows = { number: proof.row_number ?? -1, of: proof.rows ?? 0 };
    const root = await rootFrom(await leafHash(utf8(proof.row)), verdict.rows.number, verdict.rows.of, path);
    verdict.hashes += path.length;
    if (!root || entry.f?.rows !== verdict.rows.of || !same(root, fromBase64(entry.f?.root ?? ''))) return fails('row');
  }
  verdict.leaf = await leafHash(utf8(proof.entry));
  const root = await rootFrom(verdict.leaf, read.index, checkpoint.size, read.hashes);
  if (!root || !same(root, checkpoint.root)) return fails('path');

  // What was sealed is bound by its digest.
  const holder = proof.row === undefined ? entry : JSON.parse(proof.row);
  if (holder.rec !== proof.record) return fails('record');
  const digests = new Set<string>(holder._sd ?? []);
  for (const disclosure of proof.disclosures)
    if (!digests.has(toBase64Url(await sha256(utf8(disclosure))))) return fails('values');
  verdict.values = proof.disclosures.length;

  verdict.signed = await isSigned(checkpoint, proof.vkey);
  if (verdict.signed === 'not signed') return fails('signature');
  return { ...verdict, holds: true };
}
