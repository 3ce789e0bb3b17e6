import { labelsMatch, parseProxySettings, proxyConfigAnnotation, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { injectionLabel, proxyContainer, revisionLabel } from '../workload/in-mesh.js';
import { podsByNamespace, type Pod } from '../workload/pods.js';
import { injectedImage } from './injector-settings.js';
import { isSystemNamespace } from './namespaces.js';

const ownImageAnnotation = 'sidecar.istio.io/proxyImage';

const proxyConfigsByNamespace = defineIndex(
  'ProxyConfigs of a namespace',
  ['ProxyConfig'],
  ({ metadata }) => [metadata.namespace],
);

export const imageAnalyzer = defineAnalyzer({
  name: 'injection.ImageAnalyzer',
  summary: 'pods run the proxy image that injection would give them now',
  each: ['Namespace'],
  reads: ['ConfigMap', 'Pod', 'ProxyConfig'],
  needs: ['Pod'],
  analyze: (namespace, world) => {
    const { name, labels } = namespace.metadata;
    const revision = revisionOf(labels);
    if (revision === undefined || isSystemNamespace(name, world.settings.systemNamespace)) return [];
    const image = injectedImage(world, revision);
    if (image === undefined) return [];
    const podNames = world
      .find(podsByNamespace, name)
      .filter((pod) => hasOtherImage(pod, image, world))
      .map(({ metadata }) => metadata.name);
    if (podNames.length === 0) return [];
    return [finding('PodsIstioProxyImageMismatchInNamespace', namespace, { podNames })];
  },
});

function revisionOf(labels: Labels): string | undefined {
  return labels[revisionLabel] ?? (labels[injectionLabel] === 'enabled' ? 'default' : undefined);
}

function hasOtherImage(pod: Pod, image: string, world: World): boolean {
  if (pod.metadata.annotations[ownImageAnnotation] !== undefined) return false;
  const { containers = [], initContainers = [] } = pod.spec;
  const proxy = [...containers, ...initContainers].find(({ name }) => name === proxyContainer);
  if (proxy?.image === undefined || proxy.image === image) return false;
  return proxy.image !== withVariant(image, imageType(pod, world));
}

/** The variant that a pod asks for: by its annotation, else a ProxyConfig, else the settings of the mesh. */
function imageType(pod: Pod, world: World): string {
  const { annotations, labels, namespace } = pod.metadata;
  const annotation = annotations[proxyConfigAnnotation];
  const own = annotation === undefined ? undefined : parseProxySettings(annotation);
  const typeOfOwn = own?.ok === true ? own.value.image?.imageType : undefined;
  if (typeOfOwn !== undefined) return typeOfOwn;
  const meshConfig = world.meshConfig();
  return (
    typeByProxyConfig(world.find(proxyConfigsByNamespace, namespace), labels) ??
    typeByProxyConfig(world.find(proxyConfigsByNamespace, meshConfig.rootNamespace), labels) ??
    meshConfig.defaultConfig.image?.imageType ??
    ''
  );
}

/** One with a selector counts before one for the whole namespace. */
function typeByProxyConfig(configs: readonly ObjectOf<'ProxyConfig'>[], labels: Labels): string | undefined {
  const selecting = configs.find(({ spec }) => labelsMatch(spec.selector?.matchLabels, labels));
  const wide = configs.find(({ spec }) => spec.selector === undefined);
  return selecting?.spec.image?.imageType ?? wide?.spec.image?.imageType;
}

function withVariant(image: string, type: string): string {
  const plain = image.replace(/-(?:distroless|debug)$/u, '');
  return type === '' || type === 'default' ? plain : `${plain}-${type}`;
}
