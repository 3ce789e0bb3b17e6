import type { RequestListener } from 'node:http';

/** A server of metrics as a case describes it. */
export interface MetricServer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body?: string;
  /** Answers by the Accept header. */
  readonly byAccept?: { readonly openmetrics: string; readonly text: string };
  /** As a client library of Prometheus: the counter `metric` in whatever format is asked for. */
  readonly negotiates?: boolean;
  readonly metric?: string;
  readonly bodyRepeat?: { readonly head: string; readonly line: string; readonly untilBytes: number };
}

type Format = 'openmetrics' | 'protobuf' | 'text';

const contentTypes: Readonly<Record<Format, string>> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  protobuf: 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

export function listenAsMetrics(server: MetricServer): RequestListener {
  return ({ headers }, response) => {
    const { contentType, body } = answer(server, headers.accept ?? '');
    const status = server.status ?? 200;
    response.writeHead(status, contentType === undefined ? {} : { 'content-type': contentType }).end(body);
  };
}

function answer(
  server: MetricServer,
  accept: string,
): { readonly contentType?: string | undefined; readonly body: string } {
  const { negotiates, metric = 'counter', byAccept, bodyRepeat, contentType, body = '' } = server;
  const format = chooseFormat(accept);
  if (negotiates === true) return { contentType: contentTypes[format], body: counterIn(format, metric) };
  if (byAccept !== undefined) {
    const known = format === 'openmetrics' ? 'openmetrics' : 'text';
    return { contentType: contentTypes[known], body: byAccept[known] };
  }
  return { contentType, body: bodyRepeat === undefined ? body : repeat(bodyRepeat) };
}

/** The asker's favourite of what such a library knows; text for those who ask for nothing that it knows. */
function chooseFormat(accept: string): Format {
  const ranges = accept.split(',').flatMap((range) => {
    const format = formatOf(range.split(';')[0]?.trim() ?? '');
    return format === undefined ? [] : [{ format, weight: Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1) }];
  });
  return ranges.sort((a, b) => b.weight - a.weight)[0]?.format ?? 'text';
}

function formatOf(type: string): Format | undefined {
  if (type === 'application/openmetrics-text') return 'openmetrics';
  if (type === 'application/vnd.google.protobuf' || type === 'application/*') return 'protobuf';
  return type === '*/*' || type.startsWith('text/') ? 'text' : undefined;
}

/** The bytes of the binary form do not matter: nothing may ask for it. */
function counterIn(format: Format, metric: string): string {
  if (format === 'protobuf') return `\n${metric}`;
  if (format === 'text') return `# TYPE ${metric} counter\n${metric} 0\n`;
  return `# TYPE ${metric} counter\n${metric}_total 0\n# EOF\n`;
}

function repeat({
  head,
  line,
  untilBytes,
}: {
  readonly head: string;
  readonly line: string;
  readonly untilBytes: number;
}): string {
  const lines = [head];
  for (let bytes = head.length; bytes < untilBytes; bytes += lines.at(-1)?.length ?? 0)
    lines.push(line.replaceAll('{i}', String(lines.length - 1)));
  return lines.join('');
}
