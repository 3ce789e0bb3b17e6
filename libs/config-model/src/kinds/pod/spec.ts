import type { Static } from '@sinclair/typebox';
import { anyObject, flag, integer, list, openMessage, text, textMap } from '../../schema/builders.js';
import { container, securityContext } from './container.js';

/** What the mesh and localmesh read of a pod's spec. */
export type PodSpec = Static<typeof podSpec>;
export const podSpec = openMessage({
  containers: list(container),
  initContainers: list(container),
  serviceAccountName: text,
  serviceAccount: text,
  nodeName: text,
  nodeSelector: textMap,
  hostname: text,
  subdomain: text,
  hostNetwork: flag,
  restartPolicy: text,
  dnsPolicy: text,
  terminationGracePeriodSeconds: integer(0, Number.MAX_SAFE_INTEGER),
  securityContext,
  volumes: list(anyObject),
});

export type PodCondition = Static<typeof podCondition>;
export const podCondition = openMessage({ type: text, status: text, reason: text, message: text });

export type PodStatus = Static<typeof podStatus>;
export const podStatus = openMessage({
  phase: text,
  podIP: text,
  podIPs: list(openMessage({ ip: text })),
  hostIP: text,
  startTime: text,
  conditions: list(podCondition),
  containerStatuses: list(
    openMessage({
      name: text,
      ready: flag,
      restartCount: integer(0, Number.MAX_SAFE_INTEGER),
      state: anyObject,
    }),
  ),
});
