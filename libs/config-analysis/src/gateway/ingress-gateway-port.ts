import { labelsSubsetOf, renderLabels, type ServicePort } from '@istio-ts/config-model';
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
      const path = ['spec', 'servers', index, 'port', 'number'];
      return [finding('GatewayPortNotDefinedOnService', gateway, args, path)];
    });
  },
});

/** Ports of Services that lead to these pods, in both numbers, for a server may be written with either. One without a selector leads to all. */
function servicePorts(pods: readonly Pod[], world: World): ReadonlySet<number> {
  const namespaces = new Set(pods.map(({ metadata }) => metadata.namespace));
  const services = [...namespaces]
    .flatMap((namespace) => world.find(servicesByNamespace, namespace))
    .filter(({ spec, metadata }) =>
      pods.some(
        (pod) =>
          pod.metadata.namespace === metadata.namespace && labelsSubsetOf(spec.selector, pod.metadata.labels),
      ),
    );
  const ports = services.flatMap(({ spec }) => spec.ports ?? []);
  return new Set(ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP').flatMap(numbersOf));
}

function numbersOf({ port, targetPort = 0 }: ServicePort): readonly number[] {
  const target = Number(targetPort);
  // Which number a target by name has only the pod knows.
  return Number.isInteger(target) && target !== 0 ? [port, target] : [port];
}
