import { createHash } from 'node:crypto';
import { isRecord, numberAt, recordAt } from '../store/json-record.js';
import { keyOf, type KubeObject } from '../store/kube-object.js';
import { readPodTemplate, type PodTemplate } from './pod-template.js';

/** A group of pods that are alike: what a Deployment, or a bare Pod, asks for. */
export interface PodGroup {
  readonly owner: { readonly kind: 'Deployment' | 'Pod'; readonly namespace: string; readonly name: string };
  readonly replicas: number;
  readonly template: PodTemplate;
  /** Changes with the template: pods of another revision are replaced. */
  readonly revision: string;
}

/** The groups of pods that the Deployments and Pods of a view ask for. */
export function podGroups(objects: readonly KubeObject[]): readonly PodGroup[] {
  return objects.flatMap((object) => {
    if (object.kind === 'Deployment') return [deploymentGroup(object)];
    return object.kind === 'Pod' ? [podGroup(object)] : [];
  });
}

function deploymentGroup(deployment: KubeObject): PodGroup {
  const { namespace, name } = keyOf(deployment);
  const written = recordAt(deployment, 'spec', 'template');
  return {
    owner: { kind: 'Deployment', namespace, name },
    replicas: numberAt(deployment, 'spec', 'replicas') ?? 1,
    template: readPodTemplate(written),
    revision: revisionOf(written),
  };
}

function podGroup(pod: KubeObject): PodGroup {
  const { namespace, name } = keyOf(pod);
  const written = { metadata: pod.metadata, spec: recordAt(pod, 'spec') };
  return {
    owner: { kind: 'Pod', namespace, name },
    replicas: 1,
    template: readPodTemplate(written),
    revision: revisionOf(written),
  };
}

/** Ten characters, as in the names of ReplicaSets; the order of fields does not count. */
function revisionOf(template: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(template)))
    .digest('hex')
    .slice(0, 10);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((field) => [field, sorted(value[field])]),
  );
}
