import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { renderPodName, type MeshPod } from './mesh-access.js';

const deploymentWords: readonly string[] = [
  'deploy',
  'deployment',
  'deployments',
  'deployment.apps',
  'deployments.apps',
];
const podWords: readonly string[] = ['pod', 'pods', 'po'];

/**
 * The pod that a person means: `POD`, `POD.NAMESPACE`, `deploy/NAME` or `deploy/NAME.NAMESPACE`. A namespace in the word
 * wins over the given one. Of a Deployment, a ready pod comes first.
 *
 * @throws MeshError (USAGE) in the words of istioctl
 */
export function findWorkload(pods: readonly MeshPod[], reference: string, namespace: string): MeshPod {
  const slash = reference.indexOf('/');
  if (slash < 0) return findPod(pods, reference, namespace);
  const kind = reference.slice(0, slash).toLowerCase();
  const name = reference.slice(slash + 1);
  if (podWords.includes(kind)) return findPod(pods, name, namespace);
  return findOfDeployment(pods, { kind, name }, namespace);
}

function findPod(pods: readonly MeshPod[], reference: string, namespace: string): MeshPod {
  const [name, inside] = splitNamespace(reference, namespace);
  const found =
    pods.find((pod) => pod.name === reference && pod.namespace === namespace) ??
    pods.find((pod) => pod.name === name && pod.namespace === inside);
  if (found !== undefined) return found;
  throw usage(`unable to retrieve Pod: pods "${name}" not found in namespace "${inside}"${hint(pods, name)}`);
}

function findOfDeployment(
  pods: readonly MeshPod[],
  { kind, name: reference }: { readonly kind: string; readonly name: string },
  namespace: string,
): MeshPod {
  const [name, inside] = splitNamespace(reference, namespace);
  const candidates = deploymentWords.includes(kind)
    ? pods.filter((pod) => pod.deployment === name && pod.namespace === inside)
    : [];
  const found = candidates.find(({ ready }) => ready) ?? candidates[0];
  if (found !== undefined) return found;
  const reason = deploymentWords.includes(kind)
    ? `no pod of Deployment "${name}" runs in namespace "${inside}"`
    : `write POD, POD.NAMESPACE or deploy/NAME`;
  throw usage(`"${kind}/${name}" does not refer to a pod: ${reason}`);
}

function splitNamespace(reference: string, namespace: string): readonly [name: string, namespace: string] {
  const dot = reference.lastIndexOf('.');
  return dot > 0 ? [reference.slice(0, dot), reference.slice(dot + 1)] : [reference, namespace];
}

/** A pod of that name in another namespace is what most people forgot to say. */
function hint(pods: readonly MeshPod[], name: string): string {
  const elsewhere = pods.find((pod) => pod.name === name);
  return elsewhere === undefined ? '' : `; there is ${renderPodName(elsewhere)}`;
}

/**
 * The pods whose labels match `key=value,other!=value,key,!key`.
 *
 * @throws MeshError (USAGE) where the selector cannot be read
 */
export function selectPods(
  pods: readonly MeshPod[],
  selector: string,
  namespace: string,
): readonly MeshPod[] {
  const tests = selector.split(',').map(parseRequirement);
  return pods.filter((pod) => pod.namespace === namespace && tests.every((test) => test(pod.labels)));
}

function parseRequirement(text: string): (labels: Readonly<Record<string, string>>) => boolean {
  const match = /^\s*(!?)([\w./-]+)\s*(?:(==?|!=)\s*([\w.-]*))?\s*$/.exec(text);
  const [, not = '', key = '', operator, value] = match ?? [];
  if (match === null || (not !== '' && operator !== undefined))
    throw usage(`"${text}" is no label selector: write key=value, key!=value, key or !key`);
  if (operator === undefined) return (labels) => Object.hasOwn(labels, key) === (not === '');
  return (labels) => (labels[key] === value) === (operator !== '!=');
}

function usage(message: string): MeshError {
  return new MeshError(MeshErrorCode.Usage, message);
}
