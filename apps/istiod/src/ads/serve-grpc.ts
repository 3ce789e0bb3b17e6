import { ServerCredentials } from '@grpc/grpc-js';
import type { Clock, Logger, Metrics } from '@istio-ts/foundation';
import { certificateServiceDefinition, createCertificateService } from '../ca/certificate-service.js';
import type { Trust } from '../ca/open-trust.js';
import { ServingCertificate, servingNames } from '../ca/serving-certificate.js';
import { flagName, type Options } from '../options.js';
import type { MeshControl } from '../push/mesh-control.js';
import type { AdsStreamContext } from './ads-stream.js';
import { chooseTransport } from './choose-transport.js';
import { createDiscoveryService, discoveryServiceDefinition } from './discovery-service.js';
import { runGrpcServer } from './grpc-server.js';
import { LargeSlots } from './large-slots.js';
import { RequestSlices } from './request-slices.js';

export interface GrpcContext {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly mesh: MeshControl;
  readonly trust: Trust;
}

export interface GrpcPorts {
  readonly grpcPort: number;
  readonly secureGrpcPort: number;
}

/** The plain port: discovery alone. The TLS port: discovery and certificate signing, for proven callers. */
export async function serveGrpc(
  options: Options,
  context: GrpcContext,
  signal: AbortSignal,
): Promise<GrpcPorts> {
  const { clock, metrics, logger, mesh, trust } = context;
  const { authority, verifier } = trust;
  const proof = { verifier, trustDomain: () => mesh.trustDomain };
  const streams: AdsStreamContext = {
    clock,
    metrics,
    logger,
    push: mesh.push,
    tracker: mesh.tracker,
    slots: new LargeSlots({ clock }),
    slices: new RequestSlices(),
  };
  const names = servingNames(options.rootNamespace, options.trustDomain, options.serverNames);
  const serving = new ServingCertificate(authority, names, { clock, logger });
  await serving.run(signal);
  const transport = await chooseTransport(logger);
  const discovery = (callers: typeof proof | undefined) => ({
    definition: discoveryServiceDefinition,
    implementation: createDiscoveryService({ context: streams, proof: callers }),
  });
  const signing = {
    definition: certificateServiceDefinition,
    implementation: createCertificateService({
      ...context,
      authority,
      proof,
      defaultTtlMs: options.workloadCertTtlMs,
    }),
  };
  const plain = {
    address: options.grpcAddress,
    option: flagName('grpcAddress'),
    credentials: ServerCredentials.createInsecure(),
    transport,
    services: [discovery(undefined)],
  };
  const secure = {
    address: options.secureGrpcAddress,
    option: flagName('secureGrpcAddress'),
    credentials: serving.credentials(),
    transport,
    services: [discovery(proof), signing],
  };
  return {
    grpcPort: await runGrpcServer(plain, signal),
    secureGrpcPort: await runGrpcServer(secure, signal),
  };
}
