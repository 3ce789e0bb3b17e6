import { listAt, recordAt, textAt, type JsonRecord } from '../store/json-record.js';
import type { KubeObject } from '../store/kube-object.js';
import type { PodState } from './pod-state.js';
import { sidecarContainer } from './sidecar-container.js';

/** The Pod object as the API server would hold it: the template, and what has become of it. */
export function podObject(pod: PodState, template: JsonRecord, nodeName: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: pod.namespace,
      uid: pod.uid,
      creationTimestamp: pod.startTime,
      labels: pod.labels,
      annotations: pod.annotations,
      ...(pod.owner.kind === 'Deployment' && { ownerReferences: [replicaSetReference(pod)] }),
    },
    spec: { ...specOf(pod, template), serviceAccountName: pod.serviceAccount, nodeName },
    status: {
      phase: pod.phase === 'Terminating' ? 'Running' : pod.phase,
      podIP: pod.address,
      podIPs: [{ ip: pod.address }],
      startTime: pod.startTime,
      ...(pod.message !== undefined && { message: pod.message }),
      conditions: ['Ready', 'ContainersReady'].map((type) => ({
        type,
        status: pod.ready ? 'True' : 'False',
      })),
      containerStatuses: pod.containers.map(({ name, image, ready, restarts, waiting }) => ({
        name,
        image,
        ready,
        restartCount: restarts,
        state: waiting === undefined ? { running: {} } : { waiting: { reason: waiting } },
      })),
    },
  };
}

/** What runs: the template with the proxy that was put into it. */
function specOf({ injected }: PodState, template: JsonRecord): JsonRecord {
  const spec = recordAt(template, 'spec');
  const containers = listAt(spec, 'containers');
  if (!injected || containers.some((container) => textAt(container, 'name') === sidecarContainer.name))
    return spec;
  return { ...spec, containers: [...containers, sidecarContainer] };
}

function replicaSetReference({ owner, revision }: PodState): JsonRecord {
  return { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${owner.name}-${revision}`, controller: true };
}
