import {
  listAt,
  numberAt,
  recordAt,
  textAt,
  textsAt,
  valueAt,
  type JsonRecord,
} from '../store/json-record.js';
import { readProbe, type ProbeTemplate } from './probe-template.js';

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol: string;
}

/** An environment variable: a text, or something that is looked up when the pod is there. */
export type EnvSource =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly path: string }
  | {
      readonly kind: 'key';
      readonly of: 'ConfigMap' | 'Secret';
      readonly object: string;
      readonly key: string;
    };

export interface EnvVariable {
  readonly name: string;
  readonly source: EnvSource;
}

export interface VolumeMount {
  readonly volume: string;
  readonly path: string;
}

export interface ContainerTemplate {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly EnvVariable[];
  readonly ports: readonly ContainerPort[];
  readonly mounts: readonly VolumeMount[];
  readonly probes: {
    readonly readiness?: ProbeTemplate | undefined;
    readonly liveness?: ProbeTemplate | undefined;
    readonly startup?: ProbeTemplate | undefined;
  };
  readonly runAsUser?: number;
}

/** A volume whose files come from a ConfigMap or a Secret, or that is empty. */
export interface Volume {
  readonly name: string;
  readonly source?: { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string };
}

/** What a Deployment's template or a bare Pod asks for. */
export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  /** Run to their end one after the other, before the containers start. */
  readonly initContainers: readonly ContainerTemplate[];
  readonly containers: readonly ContainerTemplate[];
  readonly volumes: readonly Volume[];
  /** The template as written: what a change is recognised by, and what the Pod object shows. */
  readonly written: JsonRecord;
}

/** Reads `metadata` and `spec` of a pod template. What this platform does not know is carried in `written` and ignored. */
export function readPodTemplate(written: JsonRecord): PodTemplate {
  const spec = recordAt(written, 'spec');
  return {
    labels: textsAt(written, 'metadata', 'labels'),
    annotations: textsAt(written, 'metadata', 'annotations'),
    serviceAccount: textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default',
    hostNetwork: spec['hostNetwork'] === true,
    initContainers: listAt(spec, 'initContainers').map((container) => readContainer(container)),
    containers: listAt(spec, 'containers').map((container) => readContainer(container)),
    volumes: listAt(spec, 'volumes').map((volume) => readVolume(volume)),
    written,
  };
}

function readContainer(written: unknown): ContainerTemplate {
  const runAsUser = numberAt(written, 'securityContext', 'runAsUser');
  return {
    name: textAt(written, 'name') ?? 'app',
    image: textAt(written, 'image') ?? '',
    command: texts(listAt(written, 'command')),
    args: texts(listAt(written, 'args')),
    env: listAt(written, 'env').map((variable) => readVariable(variable)),
    ports: listAt(written, 'ports').flatMap((port) => readPort(port)),
    mounts: listAt(written, 'volumeMounts').map((mount) => ({
      volume: textAt(mount, 'name') ?? '',
      path: textAt(mount, 'mountPath') ?? '',
    })),
    probes: {
      readiness: readProbe(recordAt(written, 'readinessProbe')),
      liveness: readProbe(recordAt(written, 'livenessProbe')),
      startup: readProbe(recordAt(written, 'startupProbe')),
    },
    ...(runAsUser !== undefined && { runAsUser }),
  };
}

function readVariable(written: unknown): EnvVariable {
  const name = textAt(written, 'name') ?? '';
  const path = textAt(written, 'valueFrom', 'fieldRef', 'fieldPath');
  if (path !== undefined) return { name, source: { kind: 'field', path } };
  for (const [field, of] of [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
  ] as const) {
    const object = textAt(written, 'valueFrom', field, 'name');
    const key = textAt(written, 'valueFrom', field, 'key');
    if (object !== undefined && key !== undefined) return { name, source: { kind: 'key', of, object, key } };
  }
  const value = valueAt(written, 'value');
  return { name, source: { kind: 'text', text: typeof value === 'string' ? value : '' } };
}

function readPort(written: unknown): readonly ContainerPort[] {
  const containerPort = numberAt(written, 'containerPort');
  if (containerPort === undefined) return [];
  const name = textAt(written, 'name');
  return [
    { containerPort, protocol: textAt(written, 'protocol') ?? 'TCP', ...(name !== undefined && { name }) },
  ];
}

function readVolume(written: unknown): Volume {
  const name = textAt(written, 'name') ?? '';
  const configMap = textAt(written, 'configMap', 'name');
  if (configMap !== undefined) return { name, source: { kind: 'ConfigMap', name: configMap } };
  const secret = textAt(written, 'secret', 'secretName');
  return secret === undefined ? { name } : { name, source: { kind: 'Secret', name: secret } };
}

function texts(list: readonly unknown[]): readonly string[] {
  return list.filter((item): item is string => typeof item === 'string');
}
