/** Short forms of the manifests that tests need again and again; each is one YAML document. */

interface Named {
  readonly name: string;
  readonly namespace?: string;
}

export const join = (...documents: readonly string[]): string => documents.join('\n---\n');

export function pod(
  { name, namespace = 'default' }: Named,
  labels: string,
  spec = '{ containers: [{ name: app }] }',
): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: ${labels} }
spec: ${spec}`;
}

export function service({ name, namespace = 'default' }: Named, spec: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}`;
}

export function namespace(name: string, labels = '{}'): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: ${labels} }`;
}

const istioGroups = {
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  Gateway: 'networking.istio.io/v1',
  ServiceEntry: 'networking.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  ProxyConfig: 'networking.istio.io/v1beta1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  AuthorizationPolicy: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
} as const;

/** An object of a kind of Istio's. */
export function istio(
  kind: keyof typeof istioGroups,
  { name, namespace: own = 'default' }: Named,
  spec: string,
): string {
  return `
apiVersion: ${istioGroups[kind]}
kind: ${kind}
metadata: { name: ${name}, namespace: ${own} }
spec: ${spec}`;
}
