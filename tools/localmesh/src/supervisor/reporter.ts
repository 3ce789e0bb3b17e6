import { MeshError, renderIssue, type Issue } from '@istio-ts/foundation';
import type { PodState } from '../workloads/pod-state.js';
import { renderChange } from './change-line.js';

/** Says on the terminal what happens in the mesh, each thing once. */
export class Reporter {
  readonly #said = new Map<string, string>();
  #issues = '';

  constructor(private readonly say: (line: string) => void) {}

  problem(thrown: unknown): void {
    this.say(`problem: ${MeshError.from(thrown).message}`);
  }

  change(change: unknown): void {
    for (const line of renderChange(change)) this.say(line);
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
  const crashed = pod.containers.find(({ waiting }) => waiting === 'CrashLoopBackOff');
  if (crashed !== undefined)
    return `container ${crashed.name} crashed; it is started again (see: localmesh logs ${pod.name} -n ${pod.namespace} -c ${crashed.name})`;
  return pod.ready ? `ready at ${pod.address}` : undefined;
}
