import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { createKeyPair, createTokenIssuer, istioCaAudience, renderPrivateKeyPem } from '@istio-ts/pki';
import type { Target } from '../client/ads-connection.js';
import { readSentMs } from '../measure/change-reports.js';
import { createSigningClient } from '../measure/signing-client.js';
import type { ManifestFolder } from '../scenario/manifest-folder.js';
import { findFreePorts } from './free-ports.js';
import { systemClock } from './system-clock.js';

const host = '127.0.0.1';
const startTimeoutMs = 120_000;
const tokenIssuerName = 'https://bench.example';
const serverName = 'istiod.istio-system.svc';

export interface IstiodOptions {
  /** The bundle. */
  readonly program: string;
  readonly folder: ManifestFolder;
  /** Where its output goes. */
  readonly logFile: string;
  /** Folder for a CPU profile, written when it ends. */
  readonly profileDir: string | undefined;
}

/** An istiod of our own build that serves a folder of manifests on loopback ports. */
export class IstiodProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ports: readonly [plain: number, secure: number, http: number, monitoring: number],
    private readonly options: IstiodOptions,
    private readonly token: string,
  ) {}

  /** Starts it and waits until it is ready. Throws a MeshError where it ends or does not become ready. */
  static async start(options: IstiodOptions): Promise<IstiodProcess> {
    const [plain = 0, secure = 0, http = 0, monitoring = 0] = await findFreePorts(4);
    const { folder, program, profileDir } = options;
    const { token, jwksFile } = await createToken(folder);
    await mkdir(dataDir(folder), { recursive: true });
    const flags = [
      ...['--config-dir', folder.path, '--data-dir', dataDir(folder)],
      ...['--grpc-addr', `${host}:${plain}`, '--secure-grpc-addr', `${host}:${secure}`],
      ...['--http-addr', `${host}:${http}`, '--monitoring-addr', `${host}:${monitoring}`],
      ...['--token-jwks', jwksFile, '--token-issuer', tokenIssuerName, '--log-level', 'warn'],
    ];
    const nodeFlags = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
    const log = openSync(options.logFile, 'w');
    const child = spawn(process.execPath, [...nodeFlags, program, ...flags], { stdio: ['ignore', log, log] });
    const started = new IstiodProcess(child, [plain, secure, http, monitoring], options, token);
    await started.becomeReady();
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Where clients connect, without TLS. */
  get target(): Target {
    return { host, port: this.ports[0] };
  }

  /** One request to `/ready`; rejects on any answer but 200. */
  askReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = get({ host, port: this.ports[3], path: '/ready' }, (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new MeshError(MeshErrorCode.Protocol, `/ready answered ${response.statusCode}`));
        });
      });
      request.on('error', (error) => reject(MeshError.from(error, '/ready')));
    });
  }

  /**
   * How long the next change of an object of this kind takes from istiod's notice of it until it is sent to every proxy that
   * has nothing of the type to acknowledge first; undefined where istiod does not tell within ten seconds or so.
   */
  sentMs(kind: string): Promise<number | undefined> {
    return readSentMs(`http://${host}:${this.ports[2]}/debug/changes`, kind);
  }

  /** A client of its certificate service, as a proxy would be one. */
  async signingClient(): Promise<Awaited<ReturnType<typeof createSigningClient>>> {
    const rootCertPem = await readFile(`${dataDir(this.options.folder)}/root-cert.pem`, 'utf8');
    const address = `${host}:${this.ports[1]}`;
    return createSigningClient({ address, rootCertPem, serverName, token: this.token });
  }

  /** Ends it and waits for that. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const killer = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(killer);
  }

  private async becomeReady(): Promise<void> {
    const endMs = Date.now() + startTimeoutMs;
    for (;;) {
      try {
        await this.askReady();
        return;
      } catch (error) {
        if (this.child.exitCode !== null || Date.now() > endMs) {
          await this.stop();
          throw MeshError.from(error, `istiod did not become ready, see ${this.options.logFile}`);
        }
        await delay(50);
      }
    }
  }
}

function dataDir(folder: ManifestFolder): string {
  return folder.beside('istiod');
}

/** A service-account token and the file with the keys that prove it. */
async function createToken(folder: ManifestFolder): Promise<{ token: string; jwksFile: string }> {
  const issuer = await createTokenIssuer(await renderPrivateKeyPem(await createKeyPair()), systemClock);
  const jwksFile = folder.beside('jwks.json');
  await writeFile(jwksFile, JSON.stringify(issuer.keys));
  const token = await issuer.create({
    issuer: tokenIssuerName,
    audiences: [istioCaAudience],
    ttlMs: 24 * 3_600_000,
    namespace: 'bench-00',
    serviceAccount: 'default',
  });
  return { token, jwksFile };
}
