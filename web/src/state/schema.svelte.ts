// The declarations: record types with their fields, and code lists. They are asked for once.
import { get } from '../api/client';
import type { CodeDeclared, Schema, TypeDeclared } from '../api/types';

class Declarations {
  now = $state.raw<Schema | undefined>();
  #asked: Promise<Schema> | undefined;

  load(): Promise<Schema> {
    this.#asked ??= get<Schema>('/schema').then(
      (schema) => (this.now = schema),
      (error) => {
        this.#asked = undefined;
        throw error;
      },
    );
    return this.#asked;
  }

  type(name: string): TypeDeclared | undefined {
    return this.now?.types.find((one) => one.type === name);
  }
  codes(list: string | undefined): CodeDeclared[] {
    return this.now?.lists.find((one) => one.list === list)?.codes ?? [];
  }
  /** The code that a field's words stand for, if they are the name of one. */
  codeOf(type: string, field: string, name: string | undefined): string | undefined {
    const list = this.type(type)?.fields.find((one) => one.name === field)?.list;
    return this.codes(list).find((one) => one.name === name)?.code;
  }
  /** The strand of a category, given by its code or its name. */
  strand(category: string | undefined): string {
    return this.codes('engagement_category').find((one) => one.code === category || one.name === category)?.strand ?? '';
  }
}

export const declarations = new Declarations();
