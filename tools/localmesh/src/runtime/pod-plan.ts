import { commandLine, type ImageEntry } from '../images/image-table.js';
import type { KubeObject } from '../store/kube-object.js';
import { textsAt } from '../store/json-record.js';
import type { Injection } from '../workloads/injection.js';
import type { PodGroup } from '../workloads/desired-pods.js';
import type { ContainerTemplate, EnvVariable } from '../workloads/pod-template.js';
import { applicationPort, httpProxyPort } from './uncaptured.js';
import type { Bundles } from '../deploy/bundles.js';
import { planProbes, type ContainerProbes } from './probe-plan.js';
import { containerPath, type MeshPaths } from './mesh-paths.js';
import type { ProcessUser } from './sandbox.js';

/** Who a pod is; fixed when it is created. */
export interface PodIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly address: string;
  readonly nodeName: string;
  readonly nodeAddress: string;
}

/** What a container runs. Without a command line it cannot run, and `problem` says why. */
export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: ProcessUser;
  readonly probes: ContainerProbes;
  /** TCP ports that it says it listens on. */
  readonly declaredPorts: readonly number[];
  readonly problem?: string;
}

export interface PlanContext {
  readonly identity: PodIdentity;
  readonly group: PodGroup;
  readonly injection: Injection;
  readonly images: readonly ImageEntry[];
  readonly paths: MeshPaths;
  readonly bundles: Bundles;
  /** Pods are loopback addresses of one network namespace: applications must be told where to listen and whom to call by. */
  readonly sharesNetwork: boolean;
  /** The variables of the services in the namespace. */
  readonly serviceEnvironment: Readonly<Record<string, string>>;
  /** Where the mesh's folders are; for the programs of the mesh itself only. */
  readonly platformEnvironment: Readonly<Record<string, string>>;
  /** Finds the ConfigMaps and Secrets that variables refer to. */
  readonly find: (kind: 'ConfigMap' | 'Secret', name: string) => KubeObject | undefined;
}

const applicationUser = 1000;

/** Containers of a pod's template: what they run, as whom, and with which environment. */
export function planContainers(
  containers: readonly ContainerTemplate[],
  context: PlanContext,
): readonly ContainerPlan[] {
  return containers.map((container) => planContainer(container, context));
}

function planContainer(container: ContainerTemplate, context: PlanContext): ContainerPlan {
  const { images } = context;
  const { name, image } = container;
  const found = commandLine(container, images);
  const env = containerEnvironment(container, context);
  const argv = (found ?? []).map((word) => expand(placed(word, context), env));
  return {
    name,
    image,
    argv,
    env,
    probes: planProbes(container, { hasSidecar: context.injection === 'sidecar', ...context }),
    declaredPorts: container.ports
      .filter(({ protocol }) => protocol === 'TCP')
      .map(({ containerPort }) => containerPort),
    user: platformImage(image) ?? { uid: container.runAsUser ?? applicationUser },
    ...(found === undefined && {
      problem: `no program is known for image "${image}": give it a command in the manifest, or a line in a file for --image-map`,
    }),
  };
}

function placed(word: string, { bundles }: PlanContext): string {
  if (word === '{istiod}') return bundles.current('istiod').program;
  return word.replaceAll('{apps}', bundles.samples);
}

/** istiod writes the mesh's own folder; a gateway's proxy has the proxy's user. */
function platformImage(image: string): ProcessUser | undefined {
  if (image.startsWith('istio-ts/istiod')) return 'root';
  return image.startsWith('istio-ts/gateway') ? 'proxy' : undefined;
}

function containerEnvironment(
  container: ContainerTemplate,
  context: PlanContext,
): Readonly<Record<string, string>> {
  const env: Record<string, string> = {
    PATH: containerPath(context.paths),
    HOME: '/tmp',
    HOSTNAME: context.identity.name,
    ...context.serviceEnvironment,
    ...(context.sharesNetwork && uncapturedVariables(container, context)),
    ...(platformImage(container.image) !== undefined && context.platformEnvironment),
  };
  for (const variable of container.env) {
    const value = valueOf(variable, context);
    if (value !== undefined) env[variable.name] = expand(value, env);
  }
  return env;
}

function uncapturedVariables(
  container: ContainerTemplate,
  context: PlanContext,
): Readonly<Record<string, string>> {
  const { identity, injection } = context;
  const port = container.ports.find(({ protocol }) => protocol === 'TCP')?.containerPort;
  const hasProxy = injection === 'sidecar';
  return {
    ...(port !== undefined && {
      ISTIO_TS_APP_LISTEN: `${identity.address}:${String(hasProxy ? applicationPort(port) : port)}`,
    }),
    ...(hasProxy && { http_proxy: `http://${identity.address}:${String(httpProxyPort)}` }),
  };
}

/** `$(NAME)` of a variable defined before; what is not defined stays as written. */
function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\(([A-Za-z_]\w*)\)/g, (whole, name: string) => env[name] ?? whole);
}

function valueOf({ source }: EnvVariable, context: PlanContext): string | undefined {
  switch (source.kind) {
    case 'text':
      return source.text;
    case 'field':
      return fieldOf(source.path, context);
    case 'key': {
      const object = context.find(source.of, source.object);
      const value = textsAt(object, 'data')[source.key];
      const isEncoded = source.of === 'Secret' && value !== undefined;
      return isEncoded ? Buffer.from(value, 'base64').toString('utf8') : value;
    }
  }
}

/** The downward API: what a pod may know of itself. */
export function fieldOf(path: string, { identity, group }: PlanContext): string | undefined {
  const { template } = group;
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (subscript)
    return template[subscript[1] === 'labels' ? 'labels' : 'annotations'][subscript[2] ?? ''] ?? '';
  const fields: Readonly<Record<string, string>> = {
    'metadata.name': identity.name,
    'metadata.namespace': identity.namespace,
    'metadata.uid': identity.uid,
    'spec.nodeName': identity.nodeName,
    'spec.serviceAccountName': template.serviceAccount,
    'status.podIP': identity.address,
    'status.podIPs': identity.address,
    'status.hostIP': identity.nodeAddress,
  };
  return fields[path];
}
