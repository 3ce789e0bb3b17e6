import { listAt, numberAt, recordAt, textAt, textsAt, valueAt } from '../store/json-record.js';
import { keyOf, type KubeObject } from '../store/kube-object.js';

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort: number | string;
  readonly protocol: string;
}

/** A Service as this platform plays it. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
  /** `None` makes a service headless; absent until one is allocated. */
  readonly clusterIp?: string;
  readonly externalName?: string;
  readonly publishNotReady: boolean;
}

export function readService(object: KubeObject): Service {
  const { namespace, name } = keyOf(object);
  const clusterIp = textAt(object, 'spec', 'clusterIP');
  const externalName = textAt(object, 'spec', 'externalName');
  return {
    namespace,
    name,
    selector: textsAt(object, 'spec', 'selector'),
    ports: listAt(object, 'spec', 'ports').flatMap((port) => readServicePort(port)),
    ...(clusterIp !== undefined && clusterIp !== '' && { clusterIp }),
    ...(externalName !== undefined && { externalName }),
    publishNotReady: valueAt(object, 'spec', 'publishNotReadyAddresses') === true,
  };
}

function readServicePort(written: unknown): readonly ServicePort[] {
  const port = numberAt(written, 'port');
  if (port === undefined) return [];
  const name = textAt(written, 'name');
  const target = valueAt(written, 'targetPort');
  const targetPort = typeof target === 'number' || typeof target === 'string' ? target : port;
  return [
    { port, targetPort, protocol: textAt(written, 'protocol') ?? 'TCP', ...(name !== undefined && { name }) },
  ];
}

/** A copy of the Service that bears its cluster IP, as the API server would store it. */
export function withClusterIp(object: KubeObject, clusterIp: string): KubeObject {
  return { ...object, spec: { ...recordAt(object, 'spec'), clusterIP: clusterIp, clusterIPs: [clusterIp] } };
}

export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([label, value]) => labels[label] === value);
}
