import type { Clock } from '@istio-ts/foundation';
import { isRecord, listAt, textAt } from '../store/json-record.js';
import { isWorthTelling, renderChangeIssue, renderIssueWithExcerpt } from './change-line.js';

/**
 * How long an issue has to stand before it is told. Objects that belong together come one after the other (a Gateway, and the
 * pods that it selects): what the next moment mends is not worth a word.
 */
export const standsForMs = 300;

/** Tells each issue once when it comes, and that it is gone when it goes. */
export class IssueNotices {
  /** Issues that were not told yet, with what ends the waiting. */
  readonly #waiting = new Map<string, () => void>();
  readonly #told = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly say: (line: string) => void,
  ) {}

  /** These were told by somebody else. */
  told(issues: readonly unknown[]): void {
    for (const issue of issues) this.#told.add(identity(issue));
  }

  /** A line of the change feed about issues alone. */
  change(line: unknown): void {
    for (const issue of listAt(line, 'cleared')) this.#clear(issue);
    for (const issue of listAt(line, 'raised').filter(isWorthTelling)) this.#raise(issue);
  }

  #raise(issue: unknown): void {
    const id = identity(issue);
    if (this.#told.has(id) || this.#waiting.has(id)) return;
    const tell = (): void => {
      this.#waiting.delete(id);
      this.#told.add(id);
      for (const line of renderIssueWithExcerpt(issue)) this.say(line);
    };
    this.#waiting.set(id, this.clock.setTimer(standsForMs, tell));
  }

  #clear(issue: unknown): void {
    const id = identity(issue);
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    if (this.#told.delete(id)) this.say(`  gone: ${renderChangeIssue(withoutPlace(issue)).trimStart()}`);
  }
}

/** Where it stands in its file does not count; nor in its object, of what analysis finds: it says the same words there once. */
function identity(issue: unknown): string {
  const resource = ['kind', 'namespace', 'name'].map((field) => textAt(issue, 'resource', field));
  return JSON.stringify([textAt(issue, 'code'), textAt(issue, 'message'), ownPath(issue), ...resource]);
}

function withoutPlace(issue: unknown): unknown {
  return isRecord(issue) ? { ...issue, path: ownPath(issue), position: undefined } : issue;
}

/** The path where it is part of what is said: "is required" means nothing without its field. */
function ownPath(issue: unknown): string | undefined {
  return textAt(issue, 'name') === undefined ? textAt(issue, 'path') : undefined;
}
