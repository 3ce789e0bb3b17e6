import { selectProtocol } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { isSystemNamespace } from '../injection/namespaces.js';

/** On Services that Istio makes itself. */
const managedLabel = 'gateway.istio.io/managed';

export const portNameAnalyzer = defineAnalyzer({
  name: 'service.PortNameAnalyzer',
  summary: 'ports of Services say their protocol',
  each: ['Service'],
  analyze: (service, world) => {
    if (isOfPlatform(service, world)) return [];
    const isExternal = service.spec.type === 'ExternalName';
    return (service.spec.ports ?? []).flatMap((port, index) => {
      const { name: portName = '', targetPort = port.port } = port;
      const isUnnamed = selectProtocol(port) === 'Unsupported';
      if (!isUnnamed && !(isExternal && portName === 'tcp')) return [];
      const path = ['spec', 'ports', index, 'name'];
      if (isExternal) return [finding('ExternalNameServiceTypeInvalidPortName', service, {}, path)];
      const args = { portName, port: port.port, targetPort: String(targetPort) };
      return [finding('PortNameIsNotUnderNamingConvention', service, args, path)];
    });
  },
});

/** Services of Kubernetes and of an installation of Istio: who reads the message could not change them. */
function isOfPlatform({ metadata: { namespace, labels } }: ObjectOf<'Service'>, world: World): boolean {
  const { systemNamespace } = world.settings;
  const isKubernetes = namespace !== systemNamespace && isSystemNamespace(namespace, systemNamespace);
  const isComponent = labels['istio'] !== undefined || labels['release'] === 'istio';
  return isKubernetes || isComponent || labels[managedLabel] !== undefined;
}
