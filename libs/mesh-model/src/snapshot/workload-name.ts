import type { Labels, Pod } from '@istio-ts/config-model';

/** Name of what runs the pod: its Deployment behind the ReplicaSet, another controller, or the pod itself. */
export function podWorkloadName({ metadata }: Pod): string {
  const owner = metadata.ownerReferences.find(({ controller }) => controller) ?? metadata.ownerReferences[0];
  const hash = metadata.labels['pod-template-hash'];
  if (owner === undefined) return metadata.name;
  const suffix = `-${hash ?? ''}`;
  const ofDeployment = owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(suffix);
  return ofDeployment ? owner.name.slice(0, -suffix.length) : owner.name;
}

export function canonicalName(labels: Labels, workloadName: string): string {
  return (
    labels['service.istio.io/canonical-name'] ??
    labels['app.kubernetes.io/name'] ??
    labels['app'] ??
    workloadName
  );
}

/** '' stands for `latest`, as on the wire. */
export function canonicalRevision(labels: Labels): string {
  const revision =
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels['version'] ??
    '';
  return revision === 'latest' ? '' : revision;
}
