// Signed notes (C2SP signed-note): the checkpoint's lines, and whether a key signed them.
import { fromBase64, joined, same, sha256, utf8 } from './bytes';

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  /** The bytes that are signed. */
  signed: Uint8Array;
  signatures: Array<{ name: string; keyHash: Uint8Array; signature: Uint8Array }>;
}

const ED25519 = 1;

/** Reads a note, or nothing if it has not the form of a checkpoint. */
export function readNote(note: string): Checkpoint | undefined {
  const end = note.indexOf('\n\n');
  if (end < 0) return undefined;
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split('\n');
  if (!origin || !/^(0|[1-9]\d*)$/.test(size ?? '') || !root) return undefined;
  const signatures = [];
  for (const line of note.slice(end + 2).split('\n').filter(Boolean)) {
    const match = /^\u2014 (\S+) (\S+)$/.exec(line);
    if (!match) return undefined;
    const bytes = fromBase64(match[2]!);
    signatures.push({ name: match[1]!, keyHash: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { origin, size: Number(size), root: fromBase64(root), signed: utf8(text), signatures };
}

/** `name+hash+base64`: the hash binds the name to the key. */
async function readKey(vkey: string) {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  if (!match) return undefined;
  const [, name, hash, key] = match as unknown as [string, string, string, string];
  const bytes = fromBase64(key);
  const keyHash = (await sha256(joined(utf8(name), Uint8Array.of(10), bytes))).slice(0, 4);
  const said = Uint8Array.from(hash.match(/../g)!, (pair) => parseInt(pair, 16));
  if (bytes[0] !== ED25519 || bytes.length !== 33 || !same(keyHash, said)) return undefined;
  return { name, keyHash, key: bytes.slice(1) };
}

export type Signed = 'signed' | 'not signed' | 'cannot tell';

/** Whether the key signed the checkpoint. Browsers without Ed25519 cannot tell. */
export async function isSigned(checkpoint: Checkpoint, vkey: string): Promise<Signed> {
  const key = await readKey(vkey);
  if (!key || key.name !== checkpoint.origin) return 'not signed';
  const mine = checkpoint.signatures.find((one) => one.name === key.name && same(one.keyHash, key.keyHash));
  if (!mine) return 'not signed';
  try {
    const imported = await crypto.subtle.importKey('raw', key.key as BufferSource, { name: 'Ed25519' }, false, ['verify']);
    const fits = await crypto.subtle.verify({ name: 'Ed25519' }, imported, mine.signature as BufferSource, checkpoint.signed as BufferSource);
    return fits ? 'signed' : 'not signed';
  } catch {
    return 'cannot tell';
  }
}
