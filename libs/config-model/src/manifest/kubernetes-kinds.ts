/**
 * Kubernetes kinds that stand in ordinary manifests and mean nothing to the mesh: they are passed over with a note. Kinds
 * that are in neither table are a mistake, most often of spelling.
 */
export const unreadKinds: Readonly<Record<string, readonly string[]>> = {
  '': [
    'PersistentVolume',
    'PersistentVolumeClaim',
    'LimitRange',
    'ResourceQuota',
    'Event',
    'ReplicationController',
    'PodTemplate',
    'Binding',
    'ComponentStatus',
  ],
  apps: ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'ControllerRevision'],
  batch: ['Job', 'CronJob'],
  autoscaling: ['HorizontalPodAutoscaler'],
  policy: ['PodDisruptionBudget', 'PodSecurityPolicy'],
  'rbac.authorization.k8s.io': ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  'networking.k8s.io': ['NetworkPolicy', 'IngressClass'],
  'storage.k8s.io': ['StorageClass', 'VolumeAttachment', 'CSIDriver', 'CSINode'],
  'scheduling.k8s.io': ['PriorityClass'],
  'coordination.k8s.io': ['Lease'],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'admissionregistration.k8s.io': [
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
  ],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest'],
  'authentication.k8s.io': ['TokenReview'],
  'authorization.k8s.io': ['SubjectAccessReview'],
  'kustomize.config.k8s.io': ['Kustomization'],
};

export function isUnreadKind(group: string, kind: string): boolean {
  return Object.hasOwn(unreadKinds, group) && unreadKinds[group]?.includes(kind) === true;
}
