import { isClusterScoped, keyOf, type KubeObject } from '../store/kube-object.js';
import type { PodGroup } from './desired-pods.js';

/** The objects that Kubernetes would have made by itself: namespaces that are used, service accounts that pods run as. */
export function impliedObjects(
  objects: readonly KubeObject[],
  groups: readonly PodGroup[],
): readonly KubeObject[] {
  const written = new Set(
    objects.map((object) => `${object.kind}/${keyOf(object).namespace}/${object.metadata.name}`),
  );
  const namespaces = new Set(['default', 'istio-system']);
  for (const object of objects) if (!isClusterScoped(object.kind)) namespaces.add(keyOf(object).namespace);
  const accounts = new Set([...namespaces].map((namespace) => `${namespace}/default`));
  for (const { owner, template } of groups) accounts.add(`${owner.namespace}/${template.serviceAccount}`);
  return [
    ...[...namespaces].filter((name) => !written.has(`Namespace//${name}`)).map(namespaceObject),
    ...[...accounts].filter((account) => !written.has(`ServiceAccount/${account}`)).map(serviceAccountObject),
  ];
}

function namespaceObject(name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  };
}

function serviceAccountObject(account: string): KubeObject {
  const [namespace = '', name = ''] = account.split('/');
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

/** The one node of a local mesh, with a place in the topology so that locality rules have something to read. */
export function nodeObject(name: string, address: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'topology.kubernetes.io/region': 'local',
        'topology.kubernetes.io/zone': 'local-a',
      },
    },
    status: { addresses: [{ type: 'InternalIP', address }], conditions: [{ type: 'Ready', status: 'True' }] },
  };
}
