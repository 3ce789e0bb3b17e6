/** What the value of an annotation or label is, for whoever checks or offers it. `list` is separated by commas. */
export type NameValue =
  | 'boolean'
  | 'duration'
  | 'enum'
  | 'host:port'
  | 'integer'
  | 'json'
  | 'list'
  | 'map'
  | 'quantity'
  | 'string'
  | 'timestamp'
  | 'yaml';

export interface KnownName {
  readonly key: string;
  readonly description: string;
  /** Kinds of object on which it means something; `Any` for all. */
  readonly scope: readonly string[];
  readonly value: NameValue;
  /** How settled Istio calls it; `none` where it says nothing. */
  readonly stage: 'none' | 'Alpha' | 'Beta' | 'Stable';
  readonly deprecated: boolean;
  /** Left out of Istio's public reference: written by its own parts, or not meant for everybody. */
  readonly hidden: boolean;
}

type Rest = Pick<KnownName, 'scope' | 'value' | 'stage'> & Partial<KnownName>;

export function known(key: string, description: string, rest: Rest): KnownName {
  return { key, description, deprecated: false, hidden: false, ...rest };
}
