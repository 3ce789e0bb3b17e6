import type { ContainerTemplate } from '../workloads/pod-template.js';
import type { ProbeAction, ProbeTemplate } from '../workloads/probe-template.js';
import { applicationPort } from './uncaptured.js';

/** How a probe is carried out from outside the pod: ports are numbers. */
export type PlannedAction =
  | {
      readonly kind: 'http';
      readonly scheme: 'HTTP' | 'HTTPS';
      readonly host?: string;
      readonly port: number;
      readonly path: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
    }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

export interface PlannedProbe extends Omit<ProbeTemplate, 'action'> {
  readonly action: PlannedAction;
}

export interface ContainerProbes {
  readonly readiness?: PlannedProbe;
  readonly liveness?: PlannedProbe;
  readonly startup?: PlannedProbe;
}

/** What of a pod decides how its containers are probed. */
export interface ProbedPod {
  /** A sidecar would ask callers for a certificate: its agent passes probes on. */
  readonly hasSidecar: boolean;
  /** The application sits on another port than the one that it declares. */
  readonly sharesNetwork: boolean;
}

const agentPort = 15020;
/** By which the agent knows the probes of a container, and what Istio calls them. */
const agentNames = { readiness: 'readyz', liveness: 'livez', startup: 'startupz' } as const;
type ProbeKind = keyof typeof agentNames;
const kinds = ['readiness', 'liveness', 'startup'] as const satisfies readonly ProbeKind[];

/** The probes of a container, as they are carried out. */
export function planProbes(container: ContainerTemplate, pod: ProbedPod): ContainerProbes {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const written = container.probes[kind];
      const action = written && resolveAction(written.action, container, pod);
      if (written === undefined || action === undefined) return [];
      const passedOn = pod.hasSidecar && action.kind !== 'exec';
      return [[kind, { ...written, action: passedOn ? throughAgent(container.name, kind) : action }]];
    }),
  );
}

/** `ISTIO_KUBE_APP_PROBERS`: the probes that the agent of a sidecar passes on; undefined where there are none. */
export function agentProbers(
  containers: readonly ContainerTemplate[],
  sharesNetwork: boolean,
): string | undefined {
  const entries = containers.flatMap((container) =>
    kinds.flatMap((kind) => {
      const written = container.probes[kind];
      const action = written && resolveAction(written.action, container, { hasSidecar: true, sharesNetwork });
      if (written === undefined || action === undefined || action.kind === 'exec') return [];
      const timeoutSeconds = written.timeoutMs / 1000;
      return [[agentPath(container.name, kind), { ...asHandler(action), timeoutSeconds }] as const];
    }),
  );
  return entries.length === 0 ? undefined : JSON.stringify(Object.fromEntries(entries));
}

function asHandler(action: Exclude<PlannedAction, { kind: 'exec' }>): object {
  if (action.kind === 'tcp') return { tcpSocket: { port: action.port } };
  const { kind: _kind, headers, ...http } = action;
  return { httpGet: { ...http, httpHeaders: headers.map(([name, value]) => ({ name, value })) } };
}

const agentPath = (container: string, kind: ProbeKind) => `/app-health/${container}/${agentNames[kind]}`;

function throughAgent(container: string, kind: ProbeKind): PlannedAction {
  return { kind: 'http', scheme: 'HTTP', port: agentPort, path: agentPath(container, kind), headers: [] };
}

/** Undefined where a port's name is none of the container's. */
function resolveAction(
  action: ProbeAction,
  container: ContainerTemplate,
  { hasSidecar, sharesNetwork }: ProbedPod,
): PlannedAction | undefined {
  if (action.kind === 'exec') return action;
  const { port: written } = action;
  const port =
    typeof written === 'number'
      ? written
      : container.ports.find(({ name }) => name === written)?.containerPort;
  if (port === undefined) return undefined;
  const isDeclared = container.ports.some(({ containerPort }) => containerPort === port);
  return { ...action, port: hasSidecar && sharesNetwork && isDeclared ? applicationPort(port) : port };
}
