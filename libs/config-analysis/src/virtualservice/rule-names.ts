/** A rule, or a match of one. */
export interface NamedMatch {
  readonly name?: string;
}

/** What a rule or match is called in a message: its name, else `#` and its place. */
export function ruleName({ name = '' }: NamedMatch, index: number): string {
  return name === '' ? `#${index}` : JSON.stringify(name);
}
