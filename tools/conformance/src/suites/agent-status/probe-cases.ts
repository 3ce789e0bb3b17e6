import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { compare, type CaseOutcome } from '../../suite.js';
import { startHealthService } from './grpc-application.js';
import { ask, startServer, type LocalServer } from './local-server.js';
import { openStatusPort } from './status-port.js';
import { startTlsApplication } from './tls-application.js';

export interface ProbeCase {
  readonly name: string;
  readonly options?: { readonly podIP?: string } | undefined;
  readonly probers: unknown;
  /** An application with TLS, and the protocols that it offers. */
  readonly app?: { readonly alpn: readonly string[] };
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly expect: {
    readonly status: number;
    readonly headersSeenByApp?: Readonly<Record<string, readonly string[]>>;
    /** null: the application is not called. */
    readonly protocolSeenByApp?: string | null;
  };
}

/** A probe through the status port, against the application of the suite's README. */
export async function runProbeCase({ options, probers, request, expect }: ProbeCase): Promise<CaseOutcome> {
  let seen: IncomingHttpHeaders = {};
  const application = await startServer((incoming, response) => {
    seen = incoming.headers;
    // Cases that look at headers have an application that takes them all.
    if (expect.headersSeenByApp === undefined) answerAsApplication(incoming, response);
    else response.end();
  });
  const status = await probeThroughAgent({ options, probers, request, expect }, application);
  const { headersSeenByApp } = expect;
  if (headersSeenByApp === undefined) return compare(expect.status, status);
  const wanted = { status: expect.status, headers: lowerCase(headersSeenByApp) };
  return compare(wanted, { status, headers: own(seen) });
}

/** The same against an application that speaks gRPC's health protocol. */
export async function runGrpcProbeCase(
  given: ProbeCase,
  services: Readonly<Record<string, string>>,
): Promise<CaseOutcome> {
  const status = await probeThroughAgent(given, await startHealthService(services));
  return compare(given.expect.status, status);
}

/** The same against an application with TLS. */
export async function runTlsProbeCase(given: ProbeCase): Promise<CaseOutcome> {
  const application = await startTlsApplication(given.app?.alpn ?? []);
  const status = await probeThroughAgent(given, application);
  return compare(given.expect, { status, protocolSeenByApp: application.protocolSeen() });
}

/** What the agent answers for a probe of the application, which ends with it. */
async function probeThroughAgent(
  { options, probers, request }: Omit<ProbeCase, 'name'>,
  application: LocalServer,
): Promise<number> {
  const text = JSON.stringify(probers)
    .replaceAll('"{{appPort}}"', String(application.port))
    .replaceAll('{{appIP}}', '127.0.0.1');
  const agent = await openStatusPort({ probers: JSON.parse(text), podIp: options?.podIP });
  try {
    const headers = request.headers as IncomingHttpHeaders;
    const { status } = await ask({ port: agent.port, ...request, headers });
    return status;
  } finally {
    await agent.close();
    await application.close();
  }
}

/** The first segment of the path says what the application does. */
function answerAsApplication({ url = '/', headers }: IncomingMessage, response: ServerResponse): void {
  const [, first = '', second = ''] = url.split('/');
  const redirect = (location: string): unknown => response.writeHead(301, { location }).end();
  const isGreeted = headers.host === 'test.com:9999' && headers['some-header'] === 'some-value';
  const answers: Readonly<Record<string, () => unknown>> = {
    header: () => response.writeHead(isGreeted ? 200 : 400).end(),
    redirect: () => redirect('/'),
    'redirect-loop': () => redirect(url),
    'remote-redirect': () => redirect('http://example.com/foo'),
    status: () => response.writeHead(Number(second), { location: '/' }).end(),
  };
  (answers[first] ?? (() => response.writeHead(200).end()))();
}

const ignoredHeaders = new Set(['user-agent', 'accept-encoding', 'host']);

function own(headers: IncomingHttpHeaders): unknown {
  const entries = Object.entries(headers).filter(([name]) => !ignoredHeaders.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat()]));
}

function lowerCase(headers: Readonly<Record<string, readonly string[]>>): unknown {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
