import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

const versionAnnotation = 'gateway.networking.k8s.io/bundle-version';

/** The release of the Gateway API from which on a kind is served in the version that is read. */
const minimumVersions: Readonly<Record<string, string>> = {
  'grpcroutes.gateway.networking.k8s.io': 'v1.1.0',
  'backendtlspolicies.gateway.networking.k8s.io': 'v1.4.0',
  'tlsroutes.gateway.networking.k8s.io': 'v1.5.0',
  'listenersets.gateway.networking.k8s.io': 'v1.5.0',
};

export const crdVersionAnalyzer = defineAnalyzer({
  name: 'k8sgateway.CRDVersionAnalyzer',
  summary: 'the kinds of the Gateway API are installed in a version that is read',
  each: ['CustomResourceDefinition'],
  analyze: (definition) => {
    const { name: crd, annotations } = definition.metadata;
    const minimumVersion = Object.hasOwn(minimumVersions, crd) ? minimumVersions[crd] : undefined;
    const installedVersion = annotations[versionAnnotation];
    if (minimumVersion === undefined || installedVersion === undefined) return [];
    if (!isOlder(installedVersion, minimumVersion)) return [];
    const args = { crd, installedVersion, minimumVersion };
    const path = ['metadata', 'annotations', versionAnnotation];
    return [finding('GatewayAPICRDVersionBelowMinimum', definition, args, path)];
  },
});

/** Compares `v1.4.1`; what stands behind a dash does not count. A version that cannot be read is not older. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(than)];
  for (const [index, wanted] of right.entries()) {
    const has = left[index];
    if (has === undefined) return false;
    if (has !== wanted) return has < wanted;
  }
  return false;
}

function numbersOf(version: string): readonly number[] {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match === null ? [] : match.slice(1).map(Number);
}
