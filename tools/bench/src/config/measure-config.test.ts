import { parseManifests, parseResource } from '@istio-ts/config-model';
import { apiServerRules } from '@istio-ts/config-model/crd';
import { expect, it } from 'vitest';
import { hostileTexts } from './hostile-texts.js';
import { decodedVirtualServices, virtualServiceTexts } from './virtual-services.js';

const context = { source: 'bench', cluster: 'Kubernetes' };

it('measures VirtualServices that nobody would complain about', () => {
  const [object] = decodedVirtualServices(1, 10);
  const result = parseResource(object, { ...context, apiServer: apiServerRules });
  expect(result.ok && result.issues).toEqual([]);
  const [text = ''] = virtualServiceTexts(1, 10);
  expect(parseManifests(text, { ...context, file: 'x' })).toMatchObject({ issues: [], resources: [{}] });
});

it.each(Object.keys(hostileTexts))('has an answer to %s', (name) => {
  const text = hostileTexts[name]?.() ?? '';
  const { issues, resources } = parseManifests(text, { ...context, file: 'hostile.yaml' });
  expect(issues.length).toBeGreaterThan(0);
  expect(resources).toEqual([]);
});
