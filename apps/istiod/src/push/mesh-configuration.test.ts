import { expect, test } from 'vitest';
import { parseManifests, resourceKey, type Resource } from '@istio-ts/config-model';
import { MeshConfiguration } from './mesh-configuration.js';

const place = { clusterId: 'c', rootNamespace: 'istio-system', trustDomain: 'td', compatibilityVersion: '' };

/** Looks among objects of which one is the ConfigMap of the mesh, with this text. */
function withConfigMap(mesh: string): (key: string) => Resource | undefined {
  const manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data: { mesh },
  };
  const { resources } = parseManifests(JSON.stringify(manifest), { file: 'f', source: 's', cluster: 'c' });
  return (key) => resources.find((resource) => resourceKey(resource) === key);
}

test('without layers the command line and the defaults hold', () => {
  expect(new MeshConfiguration(place, '').settings()).toMatchObject({
    clusterId: 'c',
    trustDomain: 'td',
    rootNamespace: 'istio-system',
    outboundPolicy: 'allow-any',
  });
});

test('the ConfigMap lies over the file, and settings that did not change are the identical object', () => {
  const configuration = new MeshConfiguration(place, 'mesh.yaml');
  configuration.takeFile('accessLogFile: /dev/stdout\noutboundTrafficPolicy: { mode: REGISTRY_ONLY }');
  configuration.takeObjects(withConfigMap('accessLogFile: /dev/stderr'));
  const settings = configuration.settings();
  expect(settings.outboundPolicy).toBe('registry-only');
  expect(settings.http.accessLog?.path).toBe('/dev/stderr');
  configuration.takeObjects(withConfigMap('accessLogFile: /dev/stderr'));
  expect(configuration.settings()).toBe(settings);
});

test('a layer that is wrong is an issue, and its last good text stays', () => {
  const configuration = new MeshConfiguration(place, 'mesh.yaml');
  configuration.takeFile('accessLogFile: /dev/stdout');
  configuration.takeFile('accessLogFile: [broken');
  expect(configuration.settings().http.accessLog?.path).toBe('/dev/stdout');
  expect(configuration.issues).toMatchObject([{ severity: 'error', position: { file: 'mesh.yaml' } }]);
  configuration.takeFile('accessLogFile: /dev/stderr');
  expect(configuration.issues).toEqual([]);
});

test('the ConfigMap chooses the release whose checks hold', () => {
  const configuration = new MeshConfiguration({ ...place, compatibilityVersion: '' }, '');
  expect(configuration.compatibilityVersion(withConfigMap('compatibilityVersion: "1.13"'))).toBe('1.13');
  expect(configuration.compatibilityVersion(() => undefined)).toBe('');
});
