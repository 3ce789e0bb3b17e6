import { labelsMatch, renderLabels } from '@istio-ts/config-model';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { selectPods, type Pod } from '../workload/pods.js';
import { noSuchWorkload, selectorOf } from './selected-pods.js';

export const servicesByNamespace = defineIndex('Services of a namespace', ['Service'], ({ metadata }) => [
  metadata.namespace,
]);

export const ingressGatewayPortAnalyzer = defineAnalyzer({
  name: 'gateway.IngressGatewayPortAnalyzer',
  summary: 'Gateways select pods, and listen on ports that the Services of these pods have',
  each: ['Gateway'],
  reads: ['Pod', 'Service'],
  needs: ['Pod', 'Service'],
  analyze: (gateway, world) => {
    const selector = selectorOf(gateway);
    const pods = selectPods(world, selector);
    if (pods.length === 0) return [noSuchWorkload(gateway)];
    const ports = servicePorts(pods, world);
    return (gateway.spec.servers ?? []).flatMap(({ port }, index) => {
      if (ports.has(port.number)) return [];
      const args = { port: port.number, selector: renderLabels(selector) };
      return [
        finding('GatewayPortNotDefinedOnService', gateway, args, [
          'spec',
          'servers',
          index,
          'port',
          'number',
        ]),
      ];
    });
  },
});

/** Ports of Services that lead to these pods, in both numbers: a server may be written with either. */
function servicePorts(pods: readonly Pod[], world: World): ReadonlySet<number> {
  const namespaces = new Set(pods.map(({ metadata }) => metadata.namespace));
  const services = [...namespaces]
    .flatMap((namespace) => world.find(servicesByNamespace, namespace))
    .filter(({ spec, metadata }) =>
      pods.some(
        (pod) =>
          pod.metadata.namespace === metadata.namespace && labelsMatch(spec.selector, pod.metadata.labels),
      ),
    );
  const ports = services.flatMap(({ spec }) => spec.ports ?? []);
  return new Set(
    ports
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
      .flatMap(({ port, targetPort }) => (typeof targetPort === 'number' ? [port, targetPort] : [port])),
  );
}
