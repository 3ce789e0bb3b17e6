import { Client, credentials, Metadata, type ChannelCredentials, type ChannelOptions } from '@grpc/grpc-js';
import { MeshError, MeshErrorCode, type Clock } from '@istio-ts/foundation';
import { readTokenExpiry } from '@istio-ts/pki';
import { readOptional } from '../read-file.js';

/** What the agent can show of itself when it calls the control plane. Each is read anew for every connection. */
export interface ControlPlaneCredentials {
  readonly tokenFile: string;
  readonly rootCertFile: string;
  /** The workload's own certificate, once there is one that is in date. */
  clientCertificate(): { readonly chainPem: string; readonly privateKeyPem: string } | undefined;
}

export interface ControlPlaneOptions {
  /** `host:port` */
  readonly address: string;
  /** The name that the server's certificate must bear, where it is not the address. */
  readonly serverName?: string | undefined;
  readonly credentials: ControlPlaneCredentials;
  readonly clusterId: string;
  readonly clock: Clock;
}

export interface ControlPlaneChannel {
  readonly client: Client;
  readonly metadata: Metadata;
}

const channelOptions: ChannelOptions = {
  'grpc.max_receive_message_length': -1,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 5000,
};

/**
 * A fresh channel to the control plane, with TLS by the platform's root certificate; the caller closes its client. Port
 * 15010 is Istio's plaintext port and gets no TLS, and then no token either.
 */
export async function openControlPlane(options: ControlPlaneOptions): Promise<ControlPlaneChannel> {
  const metadata = new Metadata();
  metadata.set('clusterid', options.clusterId);
  if (options.address.endsWith(':15010')) {
    return { client: new Client(options.address, credentials.createInsecure(), channelOptions), metadata };
  }
  const token = await readToken(options);
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
  const serverName = options.serverName;
  const client = new Client(options.address, await tlsCredentials(options.credentials), {
    ...channelOptions,
    ...(serverName !== undefined && {
      'grpc.ssl_target_name_override': serverName,
      'grpc.default_authority': serverName,
    }),
  });
  return { client, metadata };
}

async function tlsCredentials(source: ControlPlaneCredentials): Promise<ChannelCredentials> {
  const roots = await readOptional(source.rootCertFile);
  if (roots === undefined) {
    throw new MeshError(
      MeshErrorCode.Unauthenticated,
      `${source.rootCertFile} is missing: the platform puts the control plane's root certificate there`,
    );
  }
  const own = source.clientCertificate();
  if (own === undefined) return credentials.createSsl(Buffer.from(roots));
  return credentials.createSsl(Buffer.from(roots), Buffer.from(own.privateKeyPem), Buffer.from(own.chainPem));
}

/** The token, unless it has expired while a certificate can speak instead: an expired one would only be refused. */
async function readToken({ credentials: source, clock }: ControlPlaneOptions): Promise<string | undefined> {
  const token = (await readOptional(source.tokenFile))?.trim();
  if (token === undefined || token === '') return undefined;
  const expiresAtMs = readTokenExpiry(token) ?? Number.POSITIVE_INFINITY;
  return expiresAtMs <= clock.nowMs() && source.clientCertificate() !== undefined ? undefined : token;
}
