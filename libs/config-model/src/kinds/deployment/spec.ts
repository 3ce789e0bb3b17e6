import type { Static } from '@sinclair/typebox';
import { integer, list, openMessage, text, textMap, texts } from '../../schema/builders.js';
import { podSpec } from '../pod/spec.js';

export type LabelSelector = Static<typeof labelSelector>;
/** Kubernetes' own label selector. */
export const labelSelector = openMessage({
  matchLabels: textMap,
  matchExpressions: list(openMessage({ key: text, operator: text, values: texts }, ['key', 'operator'])),
});

export type PodTemplate = Static<typeof podTemplate>;
export const podTemplate = openMessage({
  metadata: openMessage({ name: text, labels: textMap, annotations: textMap }),
  spec: podSpec,
});

const count = integer(0, 2_147_483_647);

export type DeploymentSpec = Static<typeof deploymentSpec>;
export const deploymentSpec = openMessage({
  replicas: count,
  selector: labelSelector,
  template: podTemplate,
});

export type DeploymentStatus = Static<typeof deploymentStatus>;
export const deploymentStatus = openMessage({
  replicas: count,
  readyReplicas: count,
  updatedReplicas: count,
  availableReplicas: count,
});
