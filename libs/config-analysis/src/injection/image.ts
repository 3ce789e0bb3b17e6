import { labelsMatch, parseProxySettings, proxyConfigAnnotation, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { injectionLabel, proxyContainer, revisionLabel } from '../workload/in-mesh.js';
import { podsByNamespace, type Pod } from '../workload/pods.js';
import { injectedImage } from './injector-settings.js';

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
    if (revision === undefined) return [];
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
  if ((pod.metadata.annotations[ownImageAnnotation] ?? '') !== '') return false;
  const { containers = [], initContainers = [] } = pod.spec;
  const proxies = [...containers, ...initContainers].filter(({ name }) => name === proxyContainer);
  const expected = [image, `${image}-${imageType(pod, world)}`];
  return proxies.some((proxy) => !expected.includes(proxy.image ?? ''));
}

/** The variant that a pod asks for, '' for the usual one: by its annotation, else a ProxyConfig, else the settings of the mesh. */
function imageType(pod: Pod, world: World): string {
  const { annotations, labels, namespace } = pod.metadata;
  const annotation = annotations[proxyConfigAnnotation];
  const own = annotation === undefined ? undefined : parseProxySettings(annotation);
  const typeOfOwn = own?.ok === true ? own.value.image?.imageType : undefined;
  const meshConfig = world.meshConfig();
  const type =
    typeOfOwn ??
    typeByProxyConfig(world.find(proxyConfigsByNamespace, namespace), labels) ??
    typeByProxyConfig(world.find(proxyConfigsByNamespace, meshConfig.rootNamespace), labels) ??
    meshConfig.defaultConfig.image?.imageType ??
    '';
  return type === 'default' ? '' : type;
}

/** One with a selector counts before one for the whole namespace. */
function typeByProxyConfig(configs: readonly ObjectOf<'ProxyConfig'>[], labels: Labels): string | undefined {
  const selecting = configs.find(({ spec }) => labelsMatch(spec.selector?.matchLabels, labels));
  const wide = configs.find(({ spec }) => spec.selector === undefined);
  return selecting?.spec.image?.imageType ?? wide?.spec.image?.imageType;
}
