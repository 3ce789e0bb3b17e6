import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

const versionAnnotation = 'gateway.networking.k8s.io/bundle-version';

/** The release of the Gateway API from which on a kind is served in the version that is read. */
const minimumVersions: Readonly<Record<string, string>> = {
  'grpcroutes.gateway.networking.k8s.io': '1.1.0',
  'backendtlspolicies.gateway.networking.k8s.io': '1.4.0',
  'tlsroutes.gateway.networking.k8s.io': '1.5.0',
  'listenersets.gateway.networking.k8s.io': '1.5.0',
};

export const crdVersionAnalyzer = defineAnalyzer({
  name: 'k8sgateway.CRDVersionAnalyzer',
  summary: 'the kinds of the Gateway API are installed in a version that is read',
  each: ['CustomResourceDefinition'],
  analyze: (definition) => {
    const { name: crd, annotations } = definition.metadata;
    const minimumVersion = Object.hasOwn(minimumVersions, crd) ? minimumVersions[crd] : undefined;
    const installedVersion = readVersion(annotations[versionAnnotation] ?? '');
    if (minimumVersion === undefined || installedVersion === undefined) return [];
    if (!isOlder(installedVersion, minimumVersion)) return [];
    const args = { crd, installedVersion, minimumVersion };
    const path = ['metadata', 'annotations', versionAnnotation];
    return [finding('GatewayAPICRDVersionBelowMinimum', definition, args, path)];
  },
});

/** `1.4.0-rc.1` of `v1.4.0-rc.1` or `v1.4-rc.1`; undefined for what is no version. */
function readVersion(text: string): string | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?([-+][0-9A-Za-z.+-]+)?$/.exec(text);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', rest = ''] = match;
  return `${major}.${minor}.${patch}${rest}`;
}

/** What stands behind a dash does not count: a candidate for a release has what the release has. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((each) =>
    each
      .replace(/[-+].*$/u, '')
      .split('.')
      .map(Number),
  );
  const differing = (right ?? []).findIndex((wanted, index) => left?.[index] !== wanted);
  return differing !== -1 && (left?.[differing] ?? 0) < (right?.[differing] ?? 0);
}
