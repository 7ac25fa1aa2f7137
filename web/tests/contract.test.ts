// The contract of the API and the pages: the types are those of the contract that ships, and no page asks what is not in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeContract } from '../build/contract.js';
import { operations } from '../src/api/contract';

// Beside the sources, or from the folder of the build.
const contract = ['../../api/openapi.json', '../../../../api/openapi.json'].map((one) => new URL(one, import.meta.url)).find((one) => existsSync(one));
const source = new URL('../src/', import.meta.url);
const files = readdirSync(source, { recursive: true }).map(String).filter((one) => /\.(svelte|ts)$/.test(one) && !one.includes('contract.ts'));

describe('the contract', () => {
  it('is the one that the types were made from: node build/contract.js ../api/openapi.json src/api/contract.ts', () => {
    expect(contract, 'api/openapi.json').toBeDefined();
    expect(readFileSync(new URL('api/contract.ts', source), 'utf8')).toBe(makeContract(readFileSync(contract!, 'utf8')));
  });

  it('has every address that a page asks', () => {
    const patterns = [...Object.keys(operations).map((one) => one.split(' ')[1]!.replace(/^\/api/, '')), '/measures/{name}'].map(
      (one) => new RegExp(`^${one.replaceAll('.', '\\.').replace(/\{[^}]*\}/g, '[^/]+')}$`),
    );
    let asked = 0;
    for (const file of files) {
      const text = readFileSync(new URL(file, source), 'utf8');
      for (const [, path] of text.matchAll(/(?:\bget(?:<[^(]*>)?|\baddress|\.load)\(\s*[`']((?:\/[\w.-]+|\/\$\{[^}]*\}+\)?\}?)+)[`']/g)) {
        const plain = path!.replace(/\$\{[^}]*\}+(\)\})?/g, '{}');
        ++asked;
        const fits = patterns.some((one) => one.test(plain));
        expect(fits, `${file}: ${plain}`).toBe(true);
      }
    }
    expect(asked).toBeGreaterThan(25);
  });
});
