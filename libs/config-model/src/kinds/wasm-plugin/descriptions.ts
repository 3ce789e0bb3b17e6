import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { trafficSelector, wasmEnvVar, wasmModule } from './module.js';
import { wasmPluginSpec } from './spec.js';

const fields = {
  url: 'Where the module is: an image, or a URL with http, https, file or oci.',
  sha256: 'Its hash; one that differs is refused.',
  imagePullPolicy: 'When an image is fetched again.',
  imagePullSecret: 'Secret for fetching it.',
  verificationKey: 'Not carried out by Istio.',
  pluginConfig: 'Configuration that the module is given.',
  pluginName: 'Name of the module within its virtual machine.',
  failStrategy: 'What happens to requests when the module fails.',
  vmConfig: ['Its virtual machine.', { env: 'Its environment.' }],
  type: 'Whether it filters HTTP or connections.',
} as const;

export const wasmPluginDescriptions: readonly MessageTexts[] = [
  describeMessage(wasmPluginSpec, 'A Wasm module in the path of requests.', {
    selector: 'Workloads that it is for; all of the namespace where absent.',
    targetRef: 'Object that it is for; targetRefs is the newer form.',
    targetRefs: 'Gateways or services that it is for.',
    ...fields,
    phase: 'Before which of Istio’s own filters it stands.',
    priority: 'Order within its phase; the highest first.',
    match: 'Traffic that it sees; all where absent.',
  }),
  describeMessage(wasmModule, 'A Wasm module.', fields),
  describeMessage(wasmEnvVar, 'A variable of the environment.', {
    name: 'Its name.',
    valueFrom: 'Whether its value is given here or by the proxy’s environment.',
    value: 'Its value.',
  }),
  describeMessage(trafficSelector, 'Traffic by direction and port.', {
    mode: 'Client, server, or both.',
    ports: ['Ports; all where absent.', { number: 'The port.' }],
  }),
];
