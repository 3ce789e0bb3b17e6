import { renderIssue, type Issue } from '@istio-ts/foundation';
import { explainFailure } from '../platform/explain-failure.js';
import type { PodState } from '../workloads/pod-state.js';
import { valueAt, listAt } from '../store/json-record.js';
import { isWorthTelling, renderChange, renderIssueWithExcerpt } from './change-line.js';
import { IssueNotices } from './issue-notices.js';
import { systemClock } from './system-clock.js';

const repeatMs = 60_000;

/** Says on the terminal what happens in the mesh, each thing once. */
export class Reporter {
  readonly #said = new Map<string, string>();
  readonly #problems = new Map<string, number>();
  readonly #notices: IssueNotices;
  #issues = '';

  constructor(
    private readonly say: (line: string) => void,
    private readonly data: string,
  ) {
    this.#notices = new IssueNotices(systemClock, say);
  }

  /** A problem of the machine; one that stays is said again only after a while. */
  problem(thrown: unknown): void {
    const words = explainFailure(thrown, this.data).message;
    const now = Date.now();
    if (now - (this.#problems.get(words) ?? -Infinity) < repeatMs) return;
    this.#problems.set(words, now);
    this.say(`problem: ${words}`);
  }

  /** What is wrong when the mesh starts; what comes later is told when a change brings it. */
  standingIssues(issues: readonly unknown[]): void {
    const told = issues.filter(isWorthTelling);
    this.#notices.told(told);
    const lines = told.flatMap(renderIssueWithExcerpt);
    if (lines.length > 0) this.say(`in the manifests, at the start:\n${lines.join('\n')}`);
  }

  /** A line of the change feed: what became of a change, or what changes did to the issues. */
  change(line: unknown): void {
    if (valueAt(line, 'raised') !== undefined) {
      this.#notices.change(line);
      return;
    }
    this.#notices.told(listAt(line, 'issues').filter(isWorthTelling));
    for (const words of renderChange(line)) this.say(words);
  }

  /** What is wrong with the files of the folder; said again only when it changes. */
  manifestIssues(issues: readonly Issue[]): void {
    const text = issues
      .map((issue) => `${renderIssue(issue)}; the last good version of this file stays in force`)
      .join('\n');
    if (text !== this.#issues && text !== '') this.say(text);
    this.#issues = text;
  }

  /** Progress of the pods: one line when a pod becomes ready, fails, crashes or goes. */
  pods(pods: readonly PodState[]): void {
    const present = new Set<string>();
    for (const pod of pods) {
      const id = `${pod.namespace}/${pod.name}`;
      present.add(id);
      const words = podWords(pod);
      if (words === undefined || this.#said.get(id) === words) continue;
      this.#said.set(id, words);
      this.say(`pod ${id}: ${words}`);
    }
    for (const id of this.#said.keys()) {
      if (present.has(id)) continue;
      this.#said.delete(id);
      this.say(`pod ${id}: ended`);
    }
  }
}

function podWords(pod: PodState): string | undefined {
  if (pod.phase === 'Failed') return `failed: ${pod.message ?? ''}`;
  if (pod.phase === 'Terminating') return 'ending';
  if (pod.message !== undefined) return `${pod.message}; it is tried again`;
  const crashed = pod.containers.find(({ waiting }) => waiting === 'CrashLoopBackOff');
  if (crashed !== undefined)
    return `container ${crashed.name} crashed; it is started again (see: localmesh logs ${pod.name} -n ${pod.namespace} -c ${crashed.name})`;
  return pod.ready ? `ready at ${pod.address}` : undefined;
}
