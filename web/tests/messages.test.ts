// Every text of the interface is there in each language, with the same places for values and links.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Message = string | Record<string, string>;
const read = (name: string): Record<string, Message> => JSON.parse(readFileSync(new URL(`../src/messages/${name}.json`, import.meta.url), 'utf8'));
const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const slots = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map((one) => one[0]).sort().join();
const links = (text: string): number => [...text.matchAll(/\[[^\]]+\]/g)].length;

const english = read('en');
describe.each(['fr', 'ar', 'zh'])('the messages in %s', (language) => {
  const other = read(language);
  it('are the same as in English, none more and none less', () => {
    expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
  });
  it('have words in each', () => {
    for (const [key, message] of Object.entries(other)) for (const text of forms(message)) expect(text.length, key).toBeGreaterThan(0);
  });
  it('have the same places for values, and for links', () => {
    for (const [key, message] of Object.entries(english)) {
      const general = typeof message === 'string' ? message : message.other!;
      const theirs = other[key]!;
      // A form for one or two may do without the number.
      const most = typeof theirs === 'string' ? theirs : theirs.other!;
      expect(slots(most), key).toBe(slots(general));
      for (const text of forms(theirs)) expect(links(text), key).toBe(links(general));
    }
  });
  it('have every plural form that the language asks for', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((one) => one !== 'zero');
    for (const [key, message] of Object.entries(other))
      if (typeof message !== 'string') for (const form of needed) expect(message[form] ?? message.other, `${key} ${form}`).toBeTruthy();
  });
  it('are not left in English', () => {
    // Names and marks that are the same everywhere are few.
    const same = Object.entries(other).filter(([key, message]) => JSON.stringify(message) === JSON.stringify(english[key]));
    expect(same.length, same.map(([key]) => key).join()).toBeLessThan(Object.keys(english).length / 12);
  });
  it('name the same fields and codes', () => {
    expect(Object.keys(read(`names/${language}`))).toEqual(Object.keys(read('names/fr')));
  });
});

describe('the pages', () => {
  it('ask for no message that is not there', () => {
    const root = new URL('../src/', import.meta.url);
    const files = readdirSync(root, { recursive: true }).map(String).filter((one) => /\.(svelte|ts)$/.test(one));
    expect(files.length).toBeGreaterThan(50);
    for (const file of files) {
      const text = readFileSync(new URL(file, root), 'utf8');
      for (const [, key] of text.matchAll(/\bt\('([\w. -]+)'/g)) expect(english, `${file}: ${key}`).toHaveProperty([key!]);
    }
  });
});
