import { selectProtocol } from '@istio-ts/config-model';
import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { isControlPlane, managedBy, managedLabel } from '../workload/control-plane.js';

/** Services that a controller made have the names that it gives. */
const controllers: readonly (string | undefined)[] = Object.values(managedBy);

export const portNameAnalyzer = defineAnalyzer({
  name: 'service.PortNameAnalyzer',
  summary: 'ports of Services say their protocol',
  each: ['Service'],
  analyze: (service) => {
    const { metadata } = service;
    if (isControlPlane(metadata) || controllers.includes(metadata.labels[managedLabel])) return [];
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
