import type { Severity } from '@istio-ts/foundation';
import { IssueCode } from './issue-code.js';

export type PathKey = string | number;

/** What a reader or validator found at one place of an object. */
export interface Finding {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly path: readonly PathKey[];
  readonly message: string;
}

interface Sink {
  readonly findings: Finding[];
  readonly unknownFields: 'error' | 'warning';
}

/** A place in an object under examination; findings made there go to the list that the root was given. */
export class Place {
  private constructor(
    private readonly sink: Sink,
    private readonly parent: Place | undefined,
    private readonly key: PathKey,
  ) {}

  /** `unknownFields` says what a field that the schema does not have is: refused, or only told. */
  static root(findings: Finding[], unknownFields: 'error' | 'warning' = 'error'): Place {
    return new Place({ findings, unknownFields }, undefined, '');
  }

  at(...keys: readonly PathKey[]): Place {
    return keys.reduce<Place>((place, key) => new Place(this.sink, place, key), this);
  }

  error(message: string): void {
    this.add(IssueCode.Schema, 'error', message);
  }

  warning(message: string): void {
    this.add(IssueCode.SchemaWarning, 'warning', message);
  }

  unknownField(message: string): void {
    if (this.sink.unknownFields === 'error') this.error(message);
    else this.warning(`${message} (ignored)`);
  }

  get path(): readonly PathKey[] {
    const keys: PathKey[] = [];
    for (let place = this as Place; place.parent !== undefined; place = place.parent) keys.push(place.key);
    return keys.reverse();
  }

  private add(code: IssueCode, severity: Severity, message: string): void {
    this.sink.findings.push({ code, severity, path: this.path, message });
  }
}

const plainKey = /^[A-Za-z_$][\w$-]*$/u;

const step = /\[(?<index>\d+)\]|\[(?<quoted>"(?:[^"\\]|\\.)*")\]|(?<name>[^.[\]]+)/gu;

/** `spec.http[0].match[0].headers["x.y"]` taken apart again. */
export function parsePath(path: string): readonly PathKey[] {
  return [...path.matchAll(step)].map(({ groups = {} }) => {
    const { index, quoted, name = '' } = groups;
    if (index !== undefined) return Number(index);
    return quoted === undefined ? name : String(JSON.parse(quoted));
  });
}

/** `spec.http[0].match[0].headers["x.y"]`. */
export function renderPath(path: readonly PathKey[]): string {
  let rendered = '';
  for (const key of path) {
    if (typeof key === 'number') rendered += `[${key}]`;
    else if (!plainKey.test(key)) rendered += `[${JSON.stringify(key)}]`;
    else rendered += rendered === '' ? key : `.${key}`;
  }
  return rendered;
}
