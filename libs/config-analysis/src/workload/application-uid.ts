import type { PathKey, PodSpec } from '@istio-ts/config-model';
import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { isControlPlane } from './control-plane.js';
import { proxyContainer } from './in-mesh.js';

/** The user that the proxy runs as, whose traffic is therefore not captured. */
const proxyUser = 1337;

/** Containers that run as that user by right. */
const ownContainers: readonly string[] = [proxyContainer, 'istio-operator'];

export const applicationUidAnalyzer = defineAnalyzer({
  name: 'applicationUID.Analyzer',
  summary: 'applications do not run as the user of the proxy',
  each: ['Pod', 'Deployment'],
  analyze: (object) => {
    if (isControlPlane(object.metadata)) return [];
    const places =
      object.kind === 'Pod'
        ? placesAsProxy(object.spec, ['spec'])
        : placesAsProxy(object.spec.template?.spec ?? {}, ['spec', 'template', 'spec']);
    return places.map((path) => finding('InvalidApplicationUID', object, {}, path));
  },
});

function placesAsProxy(
  { securityContext, containers = [] }: PodSpec,
  path: readonly PathKey[],
): readonly (readonly PathKey[])[] {
  const whole = securityContext?.runAsUser === proxyUser ? [[...path, 'securityContext', 'runAsUser']] : [];
  const single = containers.flatMap(({ name, securityContext: own }, index) =>
    !ownContainers.includes(name) && own?.runAsUser === proxyUser
      ? [[...path, 'containers', index, 'securityContext', 'runAsUser']]
      : [],
  );
  return [...whole, ...single];
}
