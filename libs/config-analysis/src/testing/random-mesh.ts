import { parseResource } from '@istio-ts/config-model';
import { readClusterObject } from '../read-cluster-object.js';
import type { AnalyzedObject } from '../analyzed-object.js';

const origin = { source: 'random', cluster: 'Kubernetes' };

/** Numbers from 0 to below `limit`, the same for the same seed. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

type Random = (limit: number) => number;

/**
 * An object out of few names, hosts and labels, so that objects refer to each other, conflict, and replace each other. What
 * the same numbers make is the same.
 */
export function randomObject(random: Random): AnalyzedObject {
  const make = pick(random, makers)(random);
  const namespace = pick(random, namespaces);
  const { apiVersion, kind, metadata = {}, ...rest } = make;
  const name = kind === 'Namespace' ? namespace : (metadata.name ?? pick(random, names));
  const value = { apiVersion, kind, metadata: { ...metadata, name, namespace }, ...rest };
  const parsed = parseResource(value, origin);
  const object = parsed.ok ? parsed.value : readClusterObject(value, origin);
  if (object === undefined) {
    const words = parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path ?? ''} ${message}`);
    throw new Error(`${kind}: ${words.join('; ')}`);
  }
  return object;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly labels?: object; readonly annotations?: object };
  readonly [field: string]: unknown;
}

const namespaces = ['shop', 'edge', 'istio-system'];
const names = ['a', 'b', 'c', 'd'];
const hosts = ['a', 'b.shop.svc.cluster.local', '*.example.com', 'www.example.com'];
const labelSets = [{ app: 'a' }, { app: 'b' }, { app: 'a', version: 'v1' }, { version: 'v1' }];

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

const makers: readonly ((random: Random) => Manifest)[] = [
  (random) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { labels: pick(random, labelSets) }, spec: {} }),
  (random) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      labels: pick(random, [{}, { 'istio-injection': 'enabled' }, { 'istio.io/dataplane-mode': 'ambient' }]),
    },
  }),
  (random) => ({
    apiVersion: 'v1',
    kind: 'Service',
    spec: {
      selector: pick(random, labelSets),
      ports: [{ port: 80 + random(2), name: pick(random, ['http', 'x']) }],
    },
  }),
  (random) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { template: { metadata: { labels: pick(random, labelSets) } } },
  }),
  (random) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    spec: {
      hosts: [pick(random, hosts)],
      gateways: [pick(random, ['mesh', 'edge/a', 'b'])],
      exportTo: [pick(random, ['*', '.'])],
      http: [{ route: [{ destination: { host: pick(random, hosts), subset: pick(random, ['v1', 'v2']) } }] }],
    },
  }),
  (random) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    spec: { host: pick(random, hosts), subsets: [{ name: 'v1', labels: pick(random, labelSets) }] },
  }),
  (random) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    spec: {
      selector: pick(random, labelSets),
      servers: [
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts: [pick(random, ['*', '*.example.com', './www.example.com'])],
          tls: { mode: 'SIMPLE', credentialName: pick(random, names) },
        },
      ],
    },
  }),
  (random) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    spec: {
      hosts: [pick(random, ['www.example.com', '*.example.com'])],
      ports: [{ number: 80, name: 'port', protocol: pick(random, ['HTTP', 'TCP']) }],
      exportTo: [pick(random, ['*', '.'])],
    },
  }),
  (random) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Sidecar',
    spec: {
      egress: [{ hosts: ['./*'] }],
      ...pick(random, [{}, { workloadSelector: { labels: pick(random, labelSets) } }]),
    },
  }),
  (random) => ({
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    spec: {
      selector: { matchLabels: pick(random, labelSets) },
      rules: [{ from: [{ source: { namespaces: [pick(random, ['shop', 'ed*', 'gone'])] } }] }],
    },
  }),
  (random) => ({
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    spec: {
      ...pick(random, [{}, { selector: { matchLabels: pick(random, labelSets) } }]),
      accessLogging: [{}],
    },
  }),
  (random) => ({ apiVersion: 'v1', kind: 'Secret', stringData: pick(random, [{}, { cert: 'c', key: 'k' }]) }),
];
