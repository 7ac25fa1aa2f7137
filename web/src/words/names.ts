// Names of our own small lists in the language of the page.
import { t, words, type MessageKey } from './language.svelte';

const said = (key: string, otherwise: string): string => (words.has(key) ? t(key as MessageKey) : otherwise);

export const strandName = (strand: string): string => said(`strand.${strand.toLowerCase()}`, strand);
export const reasonName = (reason: string): string => said(`empty.${reason.replaceAll(' ', '_')}`, reason);
export const panelName = (name: string): string => said(`panel.${name.toLowerCase()}`, strandName(name));
export const channelState = (state: string): string => said(`channel.${state.replaceAll(' ', '_')}`, state);

/** The class of a strength by the limits that every picture shows. */
export const strengthClass = (value: number): string => t(value < 25 ? 'strength.thin' : value < 55 ? 'strength.moderate' : 'strength.strong');

const strands = ['leaders', 'dialogue', 'exchange', 'exercise', 'training', 'education', 'institution', 'agreement'];
/** A row of a picture that is a strand has its colour. */
export const isStrand = (name: string): boolean => strands.includes(name.toLowerCase());

/** Names of record types, fields and codes: in English as they are declared, else as far as we have words. */
export const typeName = (type: string, otherwise: string, many = false): string => {
  const found = said(`type.${type}${many ? '.many' : ''}`, otherwise);
  return found.slice(0, 1).toUpperCase() + found.slice(1);
};
export const fieldLabel = (name: string, otherwise: string): string => (words.language === 'en' ? otherwise : said(`field.${name}`, otherwise));
export const codeWords = (field: string, code: string, otherwise: string): string => (words.language === 'en' ? otherwise : said(`code.${field}.${code}`, otherwise));
