import { parse } from 'yaml';

/** Reads a YAML file of a case strictly: what no check would read is a mistake of the case. */
export class CaseFile {
  private constructor(
    readonly name: string,
    private readonly content: Readonly<Record<string, unknown>>,
  ) {}

  static parse(name: string, text: string): CaseFile {
    return new CaseFile(name, mapping(name, parse(text) as unknown));
  }

  /** Fails for a field that is not in the list. */
  only(fields: readonly string[]): this {
    assertOnly(this.name, this.content, fields);
    return this;
  }

  mapping(field: string): Readonly<Record<string, unknown>> {
    const value = this.content[field];
    return value === undefined ? {} : mapping(`${this.name}: ${field}`, value);
  }

  text(field: string): string {
    const value = this.content[field];
    if (typeof value !== 'string' || value === '') throw new Error(`${this.name}: ${field} is a text`);
    return value;
  }

  texts(field: string): readonly string[] {
    const values = this.list(field);
    if (!values.every((value) => typeof value === 'string'))
      throw new Error(`${this.name}: ${field} is a list of texts`);
    return values;
  }

  /** Entries of a list of mappings, each with these fields and no other (where they are given). */
  entries(field: string, fields?: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
    return this.list(field).map((value, index) => {
      const where = `${this.name}: ${field}[${index}]`;
      const entry = mapping(where, value);
      if (fields !== undefined) assertOnly(where, entry, fields);
      return entry;
    });
  }

  private list(field: string): readonly unknown[] {
    const value = this.content[field] ?? [];
    if (!Array.isArray(value)) throw new Error(`${this.name}: ${field} is a list`);
    return value;
  }
}

export function mapping(where: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${where} is a mapping`);
  return value as Readonly<Record<string, unknown>>;
}

export function assertOnly(where: string, value: object, fields: readonly string[]): void {
  const stray = Object.keys(value).find((field) => !fields.includes(field));
  if (stray !== undefined)
    throw new Error(`${where}: no check reads "${stray}"; there are ${fields.join(', ')}`);
}
