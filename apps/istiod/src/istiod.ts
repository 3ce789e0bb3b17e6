import { join } from 'node:path';
import type { Clock, Logger } from '@istio-ts/foundation';
import { serveGrpc, type GrpcPorts } from './ads/serve-grpc.js';
import { openTrust } from './ca/open-trust.js';
import { rehearseSigning } from './ca/rehearse-signing.js';
import { ChangeFeed } from './debug/change-feed.js';
import { servePages, type HttpPorts } from './debug/serve-pages.js';
import type { Options } from './options.js';
import { MeshControl } from './push/mesh-control.js';
import { FileSource } from './sources/file-source.js';
import { LastGood } from './sources/last-good.js';
import { runSources } from './sources/ingest.js';
import { watchMeshConfigFile } from './sources/mesh-config-file.js';
import { createPrometheusMetrics } from './telemetry/prometheus.js';

/** Where a running istiod listens. */
export type RunningIstiod = GrpcPorts & HttpPorts;

/**
 * The control plane: sources → settle → state of the mesh → push → discovery streams, with its CA and its pages. Resolves
 * when everything listens and the first state of the mesh is served; works until the signal aborts.
 */
export async function runIstiod(
  options: Options,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  signal: AbortSignal,
): Promise<RunningIstiod> {
  const metrics = createPrometheusMetrics();
  const changes = new ChangeFeed();
  const context = { clock, logger, metrics };
  let missing: string | undefined = 'the first list of every source';

  const trust = await openTrust(options, context);
  await rehearseSigning(trust.authority);
  const mesh = new MeshControl(options, { ...context, report: (report) => changes.publish(report) });
  const grpc = await serveGrpc(options, { ...context, mesh, trust }, signal);
  const pages = await servePages(
    options,
    { ...context, mesh, trust, changes, notReady: () => missing },
    signal,
  );

  if (options.meshConfig !== '') {
    const changed = (text: string): void => mesh.takeMeshConfig(text);
    changed(await watchMeshConfigFile(options.meshConfig, signal, changed));
  }
  const files = new FileSource({
    folders: options.configDirs,
    clusterId: options.clusterId,
    compatibilityVersion: (find) => mesh.compatibilityVersion(find),
    lastGood: new LastGood(join(options.dataDir, 'last-good'), logger),
    clock,
  });
  const first = await runSources(
    {
      ...context,
      sources: [files],
      issues: mesh.issues,
      changed: (updates, noted) => mesh.changed(updates, noted),
      refused: (objects, issues) => mesh.refused(objects, issues),
    },
    signal,
  );
  mesh.start(first);
  missing = undefined;
  logger.info('istiod is ready', { ...grpc, ...pages, objects: first.length });
  return { ...grpc, ...pages };
}
