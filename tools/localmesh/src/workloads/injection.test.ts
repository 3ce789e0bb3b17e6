import { describe, expect, it } from 'vitest';
import { podGroups } from './desired-pods.js';
import { decideInjection, podLabels } from './injection.js';
import { readPodTemplate } from './pod-template.js';

const pod = (metadata: object, spec: object = {}) => readPodTemplate({ metadata, spec });
const enabled = { 'istio-injection': 'enabled' };

describe('injection', () => {
  it('follows the namespace, and the word of the pod before it', () => {
    expect(decideInjection(pod({}), {})).toBe('none');
    expect(decideInjection(pod({}), enabled)).toBe('sidecar');
    expect(decideInjection(pod({ labels: { 'sidecar.istio.io/inject': 'false' } }), enabled)).toBe('none');
    expect(decideInjection(pod({ annotations: { 'sidecar.istio.io/inject': 'false' } }), enabled)).toBe(
      'none',
    );
    expect(decideInjection(pod({ labels: { 'sidecar.istio.io/inject': 'true' } }), {})).toBe('sidecar');
  });

  it('does not happen in a namespace that forbids it, nor on the network of the host', () => {
    const asking = { labels: { 'sidecar.istio.io/inject': 'true' } };
    expect(decideInjection(pod(asking), { 'istio-injection': 'disabled' })).toBe('none');
    expect(decideInjection(pod({}, { hostNetwork: true }), enabled)).toBe('none');
  });

  it('makes a gateway where the pod asks for its template', () => {
    const annotations = { 'inject.istio.io/templates': 'gateway' };
    expect(decideInjection(pod({ annotations }), enabled)).toBe('gateway');
  });
});

describe('labels of a pod', () => {
  const template = { metadata: { labels: { app: 'catalog', version: 'v2' } }, spec: {} };
  const [group] = podGroups([
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'catalog-v2' }, spec: { template } },
  ]);

  it('say that a sidecar speaks mutual TLS, and what telemetry calls it', () => {
    expect(group && podLabels(group, 'sidecar')).toEqual({
      app: 'catalog',
      version: 'v2',
      'pod-template-hash': group?.revision,
      'security.istio.io/tlsMode': 'istio',
      'service.istio.io/canonical-name': 'catalog',
      'service.istio.io/canonical-revision': 'v2',
    });
  });

  it('say nothing of the kind without a proxy', () => {
    expect(Object.keys((group && podLabels(group, 'none')) ?? {})).toEqual([
      'app',
      'version',
      'pod-template-hash',
    ]);
  });
});
