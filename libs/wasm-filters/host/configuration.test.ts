import { describe, expect, it } from 'vitest';
import { nodeOf, startClient, startHost, startServer, WEBAPP } from './fixtures.js';
import { Plugin } from './plugin.js';

async function configure(configuration: string, rootId = 'stats_inbound') {
  const host = await startHost();
  const plugin = Plugin.configure(host, { rootId, configuration });
  return { host, accepted: plugin !== undefined };
}

describe('the configuration', () => {
  it.each([
    '',
    '{}',
    ' { "disable_host_header_fallback" : false , "tcp_reporting_duration" : "5s" } ',
    '{"debug":"false","stat_prefix":"istio","max_peer_cache_size":-1}',
  ])('may be %s', async (configuration) => {
    expect((await configure(configuration)).accepted).toBe(true);
  });

  it.each([
    ['[]', 'not a JSON object'],
    ['{"debug":', 'not a JSON object'],
    ['{"debug" true}', 'not a JSON object'],
    ['{"metrics":[{"name":"requests_total"}]}', 'metrics'],
    ['{"disable_host_header_fallback":"yes"}', 'disable_host_header_fallback'],
    ['{"tcp_reporting_duration":"soon"}', 'tcp_reporting_duration'],
    ['{"tcp_reporting_duration":"0s"}', 'tcp_reporting_duration'],
    ['{"tcp_reporting_duration":"7200s"}', 'tcp_reporting_duration'],
  ])('is refused with a reason where it is %s', async (configuration, reason) => {
    const { host, accepted } = await configure(configuration);
    expect(accepted).toBe(false);
    expect(host.logLines).toEqual([expect.stringContaining(reason)]);
  });

  it('is refused under a root id that names no direction', async () => {
    const { host, accepted } = await configure('', 'stats');
    expect(accepted).toBe(false);
    expect(host.logLines).toEqual([
      'istio stats filter: root_id must be stats_inbound or stats_outbound, not stats',
    ]);
  });

  it.each([
    ['', 15_000],
    ['{"tcp_reporting_duration":"5s"}', 5_000],
    ['{"tcp_reporting_duration":"0.5s"}', 500],
    ['{"tcp_reporting_duration":"1.250s"}', 1_250],
  ])('%s sets the rhythm of TCP metrics to %d ms', async (configuration, period) => {
    const { host } = await configure(configuration);
    expect([...host.tickPeriods.values()]).toEqual([period]);
  });

  it('is kept apart for each plugin of one machine', async () => {
    const host = await startHost(nodeOf(WEBAPP));
    const client = Plugin.configure(host, { rootId: 'stats_outbound' });
    const server = Plugin.configure(host, { rootId: 'stats_inbound' });
    client?.call({});
    server?.call({});
    const reporters = host.metrics.series('istio_requests_total').map(({ labels }) => labels['reporter']);
    expect(reporters).toEqual(['source', 'destination']);
  });
});

describe('a proxy', () => {
  it('tells its version once', async () => {
    const { host } = await startClient();
    expect(host.metrics.series('istio_build')).toEqual([
      { metric: 'istio_build', labels: { component: 'proxy', tag: '1.13.0' }, value: 1, count: 1 },
    ]);
  });

  it('whose node tells nothing counts itself as unknown', async () => {
    const host = await startHost({});
    Plugin.configure(host, { rootId: 'stats_inbound' })?.call({});
    expect(host.metrics.series('istio_requests_total')[0]?.labels).toMatchObject({
      destination_workload: 'unknown',
      destination_canonical_revision: 'latest',
    });
    expect((await startServer()).host.logLines).toEqual([]);
  });
});
