import type { Static } from '@sinclair/typebox';
import {
  flag,
  int32,
  intOrText,
  list,
  openMessage,
  text,
  textMap,
  texts,
  words,
} from '../../schema/builders.js';

export type ServicePort = Static<typeof servicePort>;
export const servicePort = openMessage(
  {
    name: text,
    port: int32,
    targetPort: intOrText,
    nodePort: int32,
    protocol: words('TCP', 'UDP', 'SCTP'),
    appProtocol: text,
  },
  ['port'],
);

export type ServiceSpec = Static<typeof serviceSpec>;
export const serviceSpec = openMessage({
  type: words('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  selector: textMap,
  ports: list(servicePort),
  clusterIP: text,
  clusterIPs: texts,
  externalIPs: texts,
  externalName: text,
  ipFamilies: list(words('IPv4', 'IPv6')),
  ipFamilyPolicy: words('SingleStack', 'PreferDualStack', 'RequireDualStack'),
  loadBalancerIP: text,
  sessionAffinity: text,
  publishNotReadyAddresses: flag,
  internalTrafficPolicy: text,
  externalTrafficPolicy: text,
  trafficDistribution: text,
});

export type ServiceStatus = Static<typeof serviceStatus>;
export const serviceStatus = openMessage({
  loadBalancer: openMessage({ ingress: list(openMessage({ ip: text, hostname: text })) }),
});
