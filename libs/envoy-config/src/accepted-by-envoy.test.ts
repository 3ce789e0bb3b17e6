import { cluster } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { emittedCluster, emittedEndpoints, emittedListener, emittedRoutes } from './testing/emitted.js';
import { everyCluster, targets } from './testing/every-cluster.js';
import { everyListener } from './testing/every-listener.js';
import { everyRoute } from './testing/every-route.js';
import { withRoutes } from './testing/inline-routes.js';
import {
  loadAssignmentIr,
  outboundListenerIr,
  routeConfigIr,
  settingsIr,
  virtualHostIr,
} from './testing/ir.js';
import { envoyComplaint, hasStatsModule } from './testing/validate.js';

/** Every kind of output is shown to the pinned Envoy itself; each run takes many of them. */
describe('the real Envoy accepts', () => {
  it('clusters of every discovery, balancer, TLS mode and pool', async () => {
    const clusters = everyCluster.map(emittedCluster);
    expect(await envoyComplaint({ clusters: clusters.map(uniqueNames) })).toBe('');
  });

  it('load assignments with localities, priorities, every health and every kind of address', async () => {
    const [locality] = loadAssignmentIr().localities;
    const [healthy] = locality?.endpoints ?? [];
    if (locality === undefined || healthy === undefined) throw new Error('the fixture has an endpoint');
    const full = loadAssignmentIr({
      localities: [
        {
          ...locality,
          endpoints: [healthy, { ...healthy, health: 'draining', mtls: false, workload: undefined }],
        },
        { ...locality, locality: { region: 'us', zone: '', subzone: '' }, priority: 1, weight: 3 },
        {
          ...locality,
          locality: { region: '', zone: '', subzone: '' },
          endpoints: [
            { ...healthy, health: 'unhealthy', address: { kind: 'pipe', path: '/var/run/app.sock' } },
          ],
        },
      ],
    });
    const loadAssignments = [full, loadAssignmentIr({ localities: [] })].map(emittedEndpoints);
    expect(await envoyComplaint({ loadAssignments })).toBe('');
  });

  it('outbound, virtual, inbound, HTTP proxy and gateway listeners', async () => {
    const listeners = everyListener.map(emittedListener);
    expect(await envoyComplaint({ clusters: targets, listeners })).toBe('');
  });

  it('routes with every match, action and policy', async () => {
    const routes = emittedRoutes(routeConfigIr([virtualHostIr('catalog', everyRoute), redirectingHost]));
    const catchAlls = [
      emittedRoutes(routeConfigIr([], { catchAll: { kind: 'block-all' } })),
      emittedRoutes(routeConfigIr([], { name: 'http.8080', catchAll: { kind: 'black-hole', port: 8080 } })),
      emittedRoutes(routeConfigIr([], { name: 'http_proxy', catchAll: { kind: 'none' } })),
    ];
    const listeners = [routes, ...catchAlls].map((config, index) =>
      withRoutes(emittedListener(outboundListenerIr({ port: 80 + index })), config),
    );
    expect(await envoyComplaint({ clusters: targets, listeners })).toBe('');
  });

  it('access logs in both encodings and in formats of the user', async () => {
    const logs = [
      { path: 'access.log', encoding: 'text', format: undefined },
      { path: 'access.log', encoding: 'json', format: undefined },
      { path: 'access.log', encoding: 'text', format: '%METADATA(ROUTE:istio)% %REQ_WITHOUT_QUERY(:PATH)%' },
      { path: 'access.log', encoding: 'json', format: { path: '%REQ(:PATH)%', cel: '%CEL(request.path)%' } },
    ] as const;
    const listeners = logs.map((accessLog, index) =>
      emittedListener(outboundListenerIr({ port: 80 + index, settings: { ...settingsIr, accessLog } })),
    );
    expect(await envoyComplaint({ clusters: targets, listeners })).toBe('');
  });

  const title = hasStatsModule
    ? 'listeners with the statistics filter, whose module it loads'
    : 'SKIPPED, stats.wasm is not built (nx build wasm-filters): listeners with the statistics filter';
  it.runIf(hasStatsModule)(title, async () => {
    const listeners = everyListener.map((ir) =>
      emittedListener({ ...ir, settings: { ...ir.settings, stats: true } }),
    );
    expect(await envoyComplaint({ clusters: targets, listeners })).toBe('');
  });

  it('nothing that is wrong: the check itself can fail', async () => {
    const listeners = [emittedListener(outboundListenerIr({ bind: 'not an address' }))];
    expect(await envoyComplaint({ clusters: targets, listeners })).toContain('not an address');
  });
});

const redirectingHost = { ...virtualHostIr('secure', []), requireTls: true };

/** One Envoy holds a name once; here all are variants of one cluster. */
function uniqueNames(message: cluster.Cluster, index: number): cluster.Cluster {
  return cluster.Cluster.create({ ...message, name: `${index}|${message.name}` });
}
