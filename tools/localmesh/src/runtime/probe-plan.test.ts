import { describe, expect, it } from 'vitest';
import { readPodTemplate } from '../workloads/pod-template.js';
import { agentProbers, planProbes } from './probe-plan.js';

const written = {
  metadata: {},
  spec: {
    containers: [
      {
        name: 'shop',
        ports: [{ name: 'http', containerPort: 8080 }],
        readinessProbe: { httpGet: { path: '/ready', port: 'http' }, timeoutSeconds: 2 },
        livenessProbe: { exec: { command: ['true'] } },
        startupProbe: { tcpSocket: { port: 9999 } },
      },
    ],
  },
};
const { containers } = readPodTemplate(written);
const [shop] = containers;

describe('how a container is probed', () => {
  it('is by its own port where no proxy stands before it', () => {
    const probes = shop && planProbes(shop, { hasSidecar: false, sharesNetwork: false });
    expect(probes?.readiness).toMatchObject({
      action: { kind: 'http', port: 8080, path: '/ready' },
      timeoutMs: 2000,
    });
    expect(probes?.startup).toMatchObject({ action: { kind: 'tcp', port: 9999 }, periodMs: 10_000 });
  });

  it('is by the agent beside a sidecar, but for commands', () => {
    const probes = shop && planProbes(shop, { hasSidecar: true, sharesNetwork: false });
    expect(probes?.readiness?.action).toMatchObject({ port: 15020, path: '/app-health/shop/readyz' });
    expect(probes?.startup?.action).toMatchObject({ kind: 'http', path: '/app-health/shop/startupz' });
    expect(probes?.liveness?.action).toEqual({ kind: 'exec', command: ['true'] });
  });

  it('tells the agent whom to ask, on the ports that the application really has', () => {
    const told: unknown = JSON.parse(agentProbers(containers, true) ?? '{}');
    expect(told).toEqual({
      '/app-health/shop/readyz': {
        httpGet: { scheme: 'HTTP', port: 28_080, path: '/ready', httpHeaders: [] },
        timeoutSeconds: 2,
      },
      '/app-health/shop/startupz': { tcpSocket: { port: 9999 }, timeoutSeconds: 1 },
    });
  });

  it('is not at all without probes, or by a port that has no such name', () => {
    const without = readPodTemplate({
      spec: { containers: [{ name: 'x', livenessProbe: { tcpSocket: { port: 'nobody' } } }] },
    }).containers;
    expect(without[0] && planProbes(without[0], { hasSidecar: true, sharesNetwork: false })).toEqual({});
    expect(agentProbers(without, false)).toBeUndefined();
  });
});
