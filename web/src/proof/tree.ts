// The tree of RFC 6962: what a leaf hashes to, and the root that a leaf and its path lead to.
import { joined, sha256 } from './bytes';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (entry: Uint8Array): Promise<Uint8Array> => sha256(joined(LEAF, entry));
const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array> => sha256(joined(NODE, left, right));

/** The root of a tree of `size` leaves in which `leaf` is number `index` (RFC 9162, 2.1.3.2), or nothing if the path does not fit. */
export async function rootFrom(leaf: Uint8Array, index: number, size: number, path: Uint8Array[]): Promise<Uint8Array | undefined> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined;
  let place = index;
  let last = size - 1;
  let root = leaf;
  for (const hash of path) {
    if (last === 0 || hash.length !== 32) return undefined;
    if (place % 2 === 1 || place === last) {
      root = await nodeHash(hash, root);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      root = await nodeHash(root, hash);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : undefined;
}
