// One line as one writes it in a log, into fields: "18-20 nov 2025 MMCA working group honolulu USA CHN @dvids-551967".
import { typedDate } from './typed_dates';

export interface Known {
  /** Codes of actors. */
  actors: Set<string>;
  /** What a channel may be called, in capitals, and its handle. */
  channels: Map<string, string>;
  today: string;
  locale: string;
}

/** Pieces of the line that were understood, in their order, for showing. */
export interface Piece {
  text: string;
  as: 'day' | 'actor' | 'channel' | 'category' | 'level' | 'source' | 'title';
  value: string;
}

const categories: Array<[RegExp, string]> = [
  [/\bport calls?\b/i, 'PRT'],
  [/\b(phone |video )?calls?\b/i, 'CAL'],
  [/\b(dialogue|talks|consultations?|working group|plenary)\b/i, 'DLG'],
  [/\b(exercise|drill)\b/i, 'EXR'],
  [/\bexchange\b/i, 'EXC'],
  [/\b(seminar|workshop|symposium)\b/i, 'SEM'],
  [/\b(visits?|visited|met|meets?|meeting)\b/i, 'KLE'],
];
const levels: Array<[RegExp, string]> = [
  [/\bdefen[cs]e ministers?\b|\bministers?\b|\bsecdef\b/i, 'minister'],
  [/\bchiefs? of (defence|defense|staff)\b|\bCHODs?\b/, 'chief_of_defence'],
  [/\bworking[- ](group|level)\b/i, 'working'],
  [/\bservice chiefs?\b/i, 'service_chief'],
];

const DATE = /(?:^|\s)((?:\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2})|(?:\d{4}-\d{2}(?:-\d{2})?)|(?:\d{1,2}(?: ?[-\u2013] ?\d{1,2})? [\p{L}.]{3,9}(?: \d{4})?)|(?:[\p{L}.]{3,9} \d{4})|today|yesterday|[+-]\d{1,3}d)(?=\s|$)/giu;

export function readLine(line: string, known: Known): Piece[] {
  const pieces: Piece[] = [];
  let rest = line;
  const take = (text: string, as: Piece['as'], value: string) => {
    pieces.push({ text: text.trim(), as, value });
    rest = rest.replace(text, ' ');
  };

  for (const match of line.matchAll(DATE)) {
    const value = typedDate(match[1]!, known.today, known.locale);
    if (value) {
      take(match[1]!, 'day', value);
      break;
    }
  }
  for (const match of rest.matchAll(/@(\S+)/g)) take(match[0], 'source', match[1]!);
  for (const match of rest.matchAll(/\b[A-Z]{3,4}\b/g)) if (known.actors.has(match[0])) take(match[0], 'actor', match[0]);
  // The name of a channel tells which, and stays in the title: "MMCA working group" is one.
  for (const word of rest.match(/\b[A-Z]{3,6}\b|\bh\d{4}\b/g) ?? []) {
    const channel = known.channels.get(word);
    if (channel) {
      pieces.push({ text: word, as: 'channel', value: channel });
      break;
    }
  }
  const category = categories.find(([words]) => words.test(rest));
  if (category) pieces.push({ text: category[0].exec(rest)![0], as: 'category', value: category[1] });
  const level = levels.find(([words]) => words.test(rest));
  if (level) pieces.push({ text: level[0].exec(rest)![0], as: 'level', value: level[1] });

  const title = rest.replace(/\s+/g, ' ').trim();
  if (title) pieces.push({ text: title, as: 'title', value: title.slice(0, 1).toUpperCase() + title.slice(1) });
  return pieces;
}
