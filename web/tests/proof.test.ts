// Proofs are checked here as a browser checks them: a real one holds, and no byte of it can be changed unseen.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, type Proof } from '../src/proof/check';
import { leafHash, rootFrom } from '../src/proof/tree';
import { fromBase64, toBase64, utf8 } from '../src/proof/bytes';

const real = (): Proof => JSON.parse(readFileSync(new URL('./fixtures/proof_of_row.json', import.meta.url), 'utf8'));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the tree of RFC 6962', () => {
  // The roots of the first leaves of the test data of certificate-transparency.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

  it('hashes an empty leaf as published', async () => {
    expect(hex(await leafHash(bytes('')))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('leads from each leaf of eight to the published root', async () => {
    const published = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328';
    const { createHash } = await import('node:crypto');
    const node = (a: Uint8Array, b: Uint8Array) => Uint8Array.from(createHash('sha256').update(Uint8Array.of(1)).update(a).update(b).digest());
    const level0 = await Promise.all(leaves.map((leaf) => leafHash(bytes(leaf))));
    const up = (level: Uint8Array[]) => level.filter((_, n) => n % 2 === 0).map((left, n) => node(left, level[2 * n + 1]!));
    const level1 = up(level0);
    const level2 = up(level1);
    for (let n = 0; n < 8; n++) {
      const path = [level0[n ^ 1]!, level1[(n >> 1) ^ 1]!, level2[(n >> 2) ^ 1]!];
      expect(hex((await rootFrom(level0[n]!, n, 8, path))!)).toBe(published);
    }
  });

  it('refuses a path that is too short, too long or of another place', async () => {
    const leaf = await leafHash(utf8('a'));
    const other = await leafHash(utf8('b'));
    expect(await rootFrom(leaf, 0, 2, [])).toBeUndefined();
    expect(await rootFrom(leaf, 0, 2, [other, other])).toBeUndefined();
    expect(await rootFrom(leaf, 2, 2, [other])).toBeUndefined();
    expect(hex((await rootFrom(leaf, 0, 2, [other]))!)).not.toBe(hex((await rootFrom(leaf, 1, 2, [other]))!));
  });
});

describe('a proof of a row of the record that ships', () => {
  it('holds, signature and sealed values and all', async () => {
    const verdict = await check(real());
    expect(verdict.broken).toBeUndefined();
    expect(verdict).toMatchObject({ holds: true, signed: 'signed', size: 55, index: 54, rows: { number: 755, of: 21139 } });
    expect(verdict.values).toBeGreaterThan(3);
  });

  const changed = (change: (proof: Proof) => void) => {
    const proof = real();
    change(proof);
    return check(proof);
  };
  it.each([
    ['the words of the row', 'row', (proof: Proof) => (proof.row = proof.row!.replace('2024-09-09', '2024-09-10'))],
    ['the place of the row', 'row', (proof: Proof) => (proof.row_number = proof.row_number! + 1)],
    ['a hash of its path', 'row', (proof: Proof) => (proof.row_path![3] = proof.row_path![4]!)],
    ['the entry', 'path', (proof: Proof) => (proof.entry = proof.entry.replace('"v":1', '"v":2'))],
    ['a sealed value', 'values', (proof: Proof) => (proof.disclosures[0] = proof.disclosures[0]!.slice(0, -2) + 'AA')],
    ['the record it is for', 'record', (proof: Proof) => (proof.record = 'a'.repeat(26))],
    ['the size that was signed', 'path', (proof: Proof) => (proof.tlog_proof = proof.tlog_proof.replace('\n55\n', '\n54\n'))],
    ['the form', 'form', (proof: Proof) => (proof.tlog_proof = proof.tlog_proof.replace('@v1', '@v2'))],
  ])('breaks when somebody changes %s', async (_, broken, change) => {
    const verdict = await changed(change as (proof: Proof) => void);
    expect(verdict.holds).toBe(false);
    expect(verdict.broken).toBe(broken);
  });

  it('breaks when the signature is of another', async () => {
    const verdict = await changed((proof) => {
      const lines = proof.tlog_proof.trimEnd().split('\n');
      const [dash, name, signature] = lines.at(-1)!.split(' ');
      const bytes = fromBase64(signature!);
      bytes[20]! ^= 1;
      lines[lines.length - 1] = `${dash} ${name} ${toBase64(bytes)}`;
      proof.tlog_proof = `${lines.join('\n')}\n`;
    });
    expect(verdict.broken).toBe('signature');
  });

  it('breaks when the key is of another', async () => {
    const verdict = await changed((proof) => (proof.vkey = proof.vkey.replace(/\+([0-9a-f]{8})\+/, '+00000000+')));
    expect(verdict.broken).toBe('signature');
  });
});
