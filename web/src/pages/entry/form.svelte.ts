// A record while somebody writes it: what is typed in each field, what is wrong with it, what changed.
import type { FieldDeclared, FieldSaid, ProblemDetails, RecordSaid, TypeDeclared } from '../../api/types';
import type { Draft } from '../../state/drafts.svelte';

/** Fields that are for machines or for the importer. */
const HIDDEN = ['source_id', 'conflicts', 'coding_note', 'general_knowledge'];
/** What one writes of an engagement, in the order in which one knows it. */
const USUAL: Record<string, string[]> = {
  engagement: ['held', 'participations', 'category', 'level', 'title', 'channel', 'host', 'places', 'people', 'citations', 'status'],
  disruption: ['began', 'ended', 'side_a', 'side_b', 'stopped_by', 'scope_class', 'scope', 'stated_cause', 'cause_class', 'citations'],
  shock: ['on', 'kind', 'title', 'initiators', 'targets', 'citations'],
};

export class EntryForm {
  values = $state<Draft>({});
  errors = $state<Record<string, string>>({});
  before: Draft = {};

  constructor(readonly type: TypeDeclared) {}

  get fields(): FieldDeclared[] {
    const usual = USUAL[this.type.type];
    const shown = this.type.fields.filter((field) => !HIDDEN.includes(field.name));
    if (!usual) return [...shown].sort((a, b) => Number(b.required) - Number(a.required));
    return usual.flatMap((name) => shown.find((field) => field.name === name) ?? []);
  }
  get more(): FieldDeclared[] {
    const first = new Set(this.fields.map((field) => field.name));
    return this.type.fields.filter((field) => !first.has(field.name) && !HIDDEN.includes(field.name));
  }

  set(name: string, values: string[]) {
    this.values = { ...this.values, [name]: values };
    if (this.errors[name]) {
      const { [name]: gone, ...rest } = this.errors;
      this.errors = rest;
    }
  }
  of(name: string): string[] {
    return this.values[name] ?? [];
  }

  /** What goes to the server: fields with something in them. */
  get typed(): Draft {
    return filled(this.values);
  }
  /** What is other than before; a field that was emptied is `-`. */
  get changes(): Draft {
    const out: Draft = {};
    const now = this.typed;
    for (const name of new Set([...Object.keys(now), ...Object.keys(this.before)]))
      if (JSON.stringify(now[name] ?? []) !== JSON.stringify(this.before[name] ?? [])) out[name] = now[name] ?? ['-'];
    return out;
  }
  get empty(): boolean {
    return Object.keys(this.typed).length === 0;
  }

  /** Puts a refusal at its field; false if it names none of ours. */
  refuse(details: ProblemDetails): boolean {
    const name = (details.field ?? '').split(/[.[]/)[0] ?? '';
    const field = this.type.fields.find((one) => one.name === name || one.alias === name);
    if (!field) return false;
    const words = (details.detail ?? details.title).replace(/^[\w.[\]]+: /, '');
    this.errors = { [field.name]: [words.slice(0, 1).toUpperCase() + words.slice(1), details.advice].filter(Boolean).join('. ') };
    return true;
  }
}

const filled = (draft: Draft): Draft =>
  Object.fromEntries(
    Object.entries(draft)
      .map(([name, values]) => [name, values.map((one) => one.trim()).filter(Boolean)] as const)
      .filter(([, values]) => values.length),
  );

const typedOf = (field: FieldSaid): string[] => (field.rows ? field.rows.map((row) => row.typed) : [field.typed]);

/** The fields of a record as one would type them. */
export function draftOf(record: RecordSaid, { clone = false } = {}): Draft {
  const left = clone ? [...HIDDEN, 'held', 'planned', 'note'] : HIDDEN;
  return Object.fromEntries(record.fields.filter((field) => !left.includes(field.name)).map((field) => [field.name, typedOf(field)]));
}
