import { readlink } from 'node:fs/promises';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import type { LogFields, Logger } from '@istio-ts/foundation';
import {
  createCertificateRequest,
  createKeyPair,
  createRootMaterial,
  createSelfSignedAuthority,
  noSubjectNames,
  renderPrivateKeyPem,
  type CertificateAuthority,
} from '@istio-ts/pki';
import { eventually, tempDir } from '@istio-ts/testkit';
import { typeUrls } from '@istio-ts/xds-types';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callHttp } from './envoy/envoy-admin.js';
import { runProxyAgent } from './proxy-agent.js';
import { systemClock } from './system-clock.js';
import { FakeControlPlane, serverName } from './testing/fake-control-plane.js';
import { testEnvoy } from './testing/test-envoy.js';
import { testResources } from './testing/test-listener.js';

/** Every run has a loopback address of its own, so that Istio's fixed ports never clash. */
function ownAddress(): string {
  const byte = (): number => 1 + Math.floor(Math.random() * 250);
  return `127.${byte()}.${byte()}.${byte()}`;
}

interface Pod {
  readonly address: string;
  readonly root: string;
  readonly controlPlane: FakeControlPlane;
  readonly authority: CertificateAuthority;
  readonly logged: readonly string[];
  readonly envoyLog: readonly string[];
  /** The end of the agent. */
  readonly running: Promise<void>;
  stop(): Promise<void>;
}

async function startPod(options: { readonly certificateTtlMs: number }): Promise<Pod> {
  const address = ownAddress();
  const root = await tempDir();
  const authority = await createSelfSignedAuthority(await createRootMaterial('cluster.local', systemClock), {
    clock: systemClock,
  });
  const resources = testResources(address, 8443);
  const controlPlane = new FakeControlPlane({ authority, resources, port: 0, ...options });
  await controlPlane.start();
  write(root, 'var/run/secrets/tokens/istio-token', 'a.token.here');
  write(root, 'var/run/secrets/istio/root-cert.pem', authority.rootPem);
  write(root, 'etc/istio/pod/labels', 'app="webapp"\nversion="v1"\n');
  const logged: string[] = [];
  const envoyLog: string[] = [];
  const ending = new AbortController();
  const running = runProxyAgent(
    {
      role: 'sidecar',
      root,
      env: {
        POD_NAME: 'webapp-1',
        POD_NAMESPACE: 'default',
        INSTANCE_IP: address,
        SERVICE_ACCOUNT: 'webapp',
        ISTIO_TS_BIND_ADDRESS: address,
        ISTIOD_SAN: serverName,
        ENVOY_BIN: testEnvoy,
        EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true',
        PROXY_CONFIG: JSON.stringify({ discoveryAddress: `127.0.0.1:${controlPlane.port}`, concurrency: 1 }),
      },
      flags: { proxyLogLevel: 'warning', proxyComponentLogLevel: 'misc:error' },
      wasm: { dir: root, statsTags: [] },
      clock: systemClock,
      random: () => 0.5,
      logger: recorder(logged),
      onEnvoyLog: (line) => envoyLog.push(line),
      envoyStdout: 'inherit',
    },
    ending.signal,
  );
  const stop = async (): Promise<void> => {
    ending.abort();
    await running;
    controlPlane.stop();
  };
  running.catch((error: unknown) => logged.push(String(error)));
  onTestFinished(stop);
  return { address, root, controlPlane, authority, logged, envoyLog, running, stop };
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function recorder(lines: string[]): Logger {
  const log = (message: string, fields?: LogFields): void =>
    void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { debug: log, info: log, warn: log, error: log, child: () => recorder(lines) };
}

function untilReady(pod: Pod): Promise<void> {
  return eventually(async () => {
    const endpoint = { host: pod.address, port: 15021 };
    const answer = await callHttp(endpoint, { method: 'GET', path: '/healthz/ready', timeoutMs: 1000 });
    expect(answer.status, [answer.body.toString(), ...pod.logged, ...pod.envoyLog].join('\n')).toBe(200);
  });
}

async function clientFiles({ authority }: Pod): Promise<{ cert: string; key: string; ca: string }> {
  const keyPair = await createKeyPair();
  const identity = { trustDomain: 'cluster.local', namespace: 'default', serviceAccount: 'client' };
  const chain = await authority.sign(
    await createCertificateRequest(keyPair, noSubjectNames),
    identity,
    3_600_000,
  );
  return { cert: chain.join(''), key: await renderPrivateKeyPem(keyPair), ca: authority.rootPem };
}

function open(pod: Pod, files: { cert: string; key: string; ca: string }): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const options = { host: pod.address, port: 8443, ...files, checkServerIdentity: () => undefined };
    const socket = connect(options, () => resolve(socket));
    socket.on('error', reject);
  });
}

/** The only child of this process that was started with the pod's bootstrap and runs in the pod's folder. */
async function envoyPid(pod: Pod): Promise<number> {
  const running = await Promise.all(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(async (pid) => ({ pid: Number(pid), cwd: await readlink(`/proc/${pid}/cwd`).catch(() => '') })),
  );
  const [envoy] = running.filter(({ cwd }) => cwd === pod.root);
  if (envoy === undefined) throw new Error('Envoy does not run');
  return envoy.pid;
}

function ask(socket: TLSSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once('data', (bytes: Buffer) => resolve(bytes.toString('latin1')));
    socket.once('close', () => reject(new Error('closed')));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  });
}

describe.runIf(testEnvoy !== undefined)('the agent with a real Envoy', () => {
  it('becomes ready with configuration and certificate, and serves by mutual TLS', async () => {
    const pod = await startPod({ certificateTtlMs: 3_600_000 });
    await untilReady(pod);
    const socket = await open(pod, await clientFiles(pod));
    expect(socket.getPeerCertificate().subjectaltname).toBe(
      'URI:spiffe://cluster.local/ns/default/sa/webapp',
    );
    expect(await ask(socket)).toContain('200 OK');
    socket.destroy();
    expect(pod.controlPlane.authorizations).toEqual(['Bearer a.token.here']);
    expect(pod.controlPlane.requests[0]?.node?.id).toBe(
      `sidecar~${pod.address}~webapp-1.default~default.svc.cluster.local`,
    );
    expect(statSync(join(pod.root, 'etc/istio/proxy/XDS')).mode & 0o777).toBe(0o600);
    await pod.stop();
    const written = [
      ...pod.logged,
      ...pod.envoyLog,
      readFileSync(join(pod.root, 'etc/istio/proxy/envoy-rev.json'), 'utf8'),
    ];
    expect(written.join('\n')).not.toMatch(/PRIVATE KEY|a\.token\.here/);
  });

  it('renews certificates of two seconds without dropping a connection', async () => {
    const pod = await startPod({ certificateTtlMs: 2000 });
    await untilReady(pod);
    const files = await clientFiles(pod);
    const first = await open(pod, files);
    const serial = first.getPeerCertificate().serialNumber;
    await eventually(async () => {
      const next = await open(pod, files);
      const { serialNumber } = next.getPeerCertificate();
      next.destroy();
      expect(serialNumber).not.toBe(serial);
    });
    expect(pod.controlPlane.signed).toBeGreaterThan(1);
    expect(await ask(first)).toContain('200 OK');
    first.destroy();
  });

  it('lets open connections finish when it is told to end', async () => {
    const pod = await startPod({ certificateTtlMs: 3_600_000 });
    await untilReady(pod);
    const socket = await open(pod, await clientFiles(pod));
    expect(await ask(socket)).not.toMatch(/connection: close/i);
    const stopped = pod.stop();
    await eventually(() => expect(pod.logged.join()).toContain('draining'));
    expect(await ask(socket)).toMatch(/200 OK[^]*connection: close/i);
    socket.end();
    await stopped;
    expect(pod.logged.join('\n')).not.toContain('Envoy ended');
  });

  it('ends at once where it is asked to by /quitquitquit, whoever is connected', async () => {
    const pod = await startPod({ certificateTtlMs: 3_600_000 });
    await untilReady(pod);
    const socket = await open(pod, await clientFiles(pod));
    const endpoint = { host: pod.address, port: 15020 };
    const answer = await callHttp(endpoint, { method: 'POST', path: '/quitquitquit', timeoutMs: 1000 });
    expect(answer.status).toBe(200);
    await pod.running;
    expect(pod.logged.join()).not.toContain('draining');
    socket.destroy();
  });

  it('starts a killed Envoy again, which gets back all that it had', async () => {
    const pod = await startPod({ certificateTtlMs: 3_600_000 });
    await untilReady(pod);
    process.kill(await envoyPid(pod), 'SIGKILL');
    await eventually(() => expect(pod.logged.join()).toContain('Envoy ended by SIGKILL'));
    const files = await clientFiles(pod);
    const socket = await eventually(() => open(pod, files));
    expect(await ask(socket)).toContain('200 OK');
    socket.destroy();
    expect(pod.controlPlane.signed).toBe(1);
  });

  it('survives a restart of the control plane, and is sent nothing that it holds', async () => {
    const pod = await startPod({ certificateTtlMs: 3_600_000 });
    await untilReady(pod);
    const before = pod.controlPlane.sent.length;
    const streams = (): number => pod.controlPlane.requests.filter(({ node }) => node !== undefined).length;
    pod.controlPlane.stop();
    await pod.controlPlane.start();
    await eventually(() => expect(streams()).toBe(2));
    await eventually(() => {
      const resumed = pod.controlPlane.requests.filter(
        (request) => Object.keys(request.initialResourceVersions).length > 0,
      );
      expect(resumed.map(({ typeUrl }) => typeUrl)).toEqual([typeUrls.cds, typeUrls.lds]);
    });
    const socket = await open(pod, await clientFiles(pod));
    expect(await ask(socket)).toContain('200 OK');
    socket.destroy();
    expect(pod.controlPlane.sent).toHaveLength(before);
  });
});
