import type { MessageTexts } from './message-text.js';
import type { workloadMessages } from './workload.js';

export const workloadTexts: MessageTexts<typeof workloadMessages> = {
  NamespaceNotInjected: {
    example: 'a namespace without `istio-injection` and `istio.io/rev`',
    cure: 'Label it with either answer; the message has both commands.',
  },
  PodMissingProxy: {
    example: 'a pod that is older than the label of its namespace',
    cure: 'Restart it (`kubectl rollout restart`); where it stays so, ask `istioctl x check-inject` why.',
  },
  ConflictingSidecarWorkloadSelectors: {
    example: 'Sidecars with `app: web` and with `tier: front`, and a pod that has both labels',
    cure: 'Make the selectors exclude each other, or merge the Sidecars.',
  },
  MultipleSidecarsWithoutWorkloadSelectors: {
    example: 'two Sidecars without `workloadSelector` in one namespace',
    cure: 'Keep one of them, or give the others a selector.',
  },
  ConflictingTelemetryWorkloadSelectors: {
    example: 'Telemetries with `app: web` and with `tier: front`, and a pod that has both labels',
    cure: 'Make the selectors exclude each other, or merge the Telemetries.',
  },
  MultipleTelemetriesWithoutWorkloadSelectors: {
    example: 'two Telemetries without `selector` in one namespace',
    cure: 'Keep one of them, or give the others a selector.',
  },
  InvalidTelemetryProvider: {
    example: '`accessLogging: [{}]` while `defaultProviders` of the mesh is empty',
    cure: 'Name a provider in the Telemetry, or set `defaultProviders`.',
  },
  DeploymentAssociatedToMultipleServices: {
    example: 'Services `web` (http) and `web-tcp` (tcp), both with targetPort 8080 of one Deployment',
    cure: 'Agree on one protocol, or let the application listen on two ports.',
  },
  DeploymentConflictingPorts: {
    example: 'Services with ports 80 and 8000, both with targetPort 8080 of one Deployment',
    cure: 'Give the Services the same port, or the application another port for each.',
  },
  PortNameIsNotUnderNamingConvention: {
    example: 'a port called `web`',
    cure: 'Call it `http-web`, or set `appProtocol: http`.',
  },
  ExternalNameServiceTypeInvalidPortName: {
    example: 'a Service of type ExternalName with a port that has no name',
    cure: 'Name the port with its protocol, `https` for one.',
  },
  NamespaceMultipleInjectionLabels: {
    example: '`istio-injection: enabled` together with `istio.io/rev: canary`',
    cure: 'Remove all labels but one; `kubectl label namespace NAME istio-injection-` removes the older form.',
  },
  NamespaceInjectionEnabledByDefault: {
    example: 'an installation with `enableNamespacesByDefault`',
    cure: 'None is needed; `istio-injection: disabled` takes a namespace out.',
  },
  LocalhostListener: {
    example: 'a server that binds to 127.0.0.1:8080',
    cure: "Let it listen on 0.0.0.0 or on the pod's address.",
  },
  InvalidApplicationUID: {
    example: '`runAsUser: 1337` in the security context of an application',
    cure: 'Use any other user.',
  },
  ImageAutoWithoutInjectionWarning: {
    example: 'a Deployment of a gateway in a namespace whose labels no webhook selects',
    cure: 'Label the namespace or the pod template for injection; see the selectors of the webhook.',
  },
  ImageAutoWithoutInjectionError: {
    example: 'a pod of a gateway that was made before the webhook was there',
    cure: 'Label the namespace or the pod for injection, and make the pod anew.',
  },
  PodsIstioProxyImageMismatchInNamespace: {
    example: 'pods that were not restarted after an upgrade',
    cure: 'Restart their workloads.',
  },
};
