import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBootstrap, statsTags } from '@istio-ts/proxy-agent/bootstrap';
import { bootstrap, type JsonObject, type JsonValue } from '@istio-ts/xds-types';
import { fromJson, toJson } from '@istio-ts/xds-types/json';
import { readCases, readFileValue } from '../read-cases.js';
import { compare, type Case, type CaseOutcome, type Suite } from '../suite.js';

interface BootstrapCase {
  readonly name: string;
  readonly proxyConfig: string;
  readonly extraProxyMetadata: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly compliancePolicy: string;
  readonly secureMetricsPort: number;
  readonly secureMergedMetricsPort: number;
  readonly statsMatcher: Matchers;
  readonly istioOnlyExtensions: readonly string[];
  readonly expected: string;
}

interface Matchers {
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly regexes: readonly string[];
}

/** The inputs that are the same in every case. */
interface Fixture {
  readonly nodeId: string;
  readonly instanceIPs: readonly string[];
  readonly pilotSubjectAltNames: readonly string[];
  readonly outlierLogPath: string;
  readonly envoyPrometheusPort: number;
  readonly envoyStatusPort: number;
  readonly workloadIdentitySocketFile: string;
  readonly istioVersion: string;
  readonly statusPortWhenUnset: number;
}

/** The bootstrap that the agent writes for a ProxyConfig, an environment and annotations; and the regexes of its tags. */
export const bootstrapSuite: Suite = {
  name: 'bootstrap',
  load: (dir) => {
    const file = join(dir, 'cases.json');
    const { fixture } = readFileValue(file) as { readonly fixture: Fixture };
    const cases = (readCases(file) as readonly BootstrapCase[]).map((given) => ({
      name: given.name,
      run: () => runCase(given, fixture, dir),
    }));
    return [...cases, ...tagCases(join(dir, 'stats-tags.json'))];
  },
};

function runCase(given: BootstrapCase, fixture: Fixture, dir: string): CaseOutcome {
  const written = takeApart(writtenBootstrap(given, fixture, dir));
  const wanted = takeApart(JSON.parse(readFileSync(join(dir, given.expected), 'utf8')) as JsonValue);
  const matchers = compare(given.statsMatcher, written.matchers);
  return matchers.kind === 'agree' ? differing(wanted.rest, written.rest) : matchers;
}

function writtenBootstrap(given: BootstrapCase, fixture: Fixture, dir: string): JsonObject {
  const proxyConfig = readFileValue(join(dir, given.proxyConfig)) as JsonObject;
  const proxyMetadata = {
    ...(proxyConfig['proxyMetadata'] as JsonObject | undefined),
    ...given.extraProxyMetadata,
  };
  return createBootstrap({
    nodeId: fixture.nodeId,
    env: given.env,
    labels: {},
    annotations: given.annotations,
    proxyConfig: {
      statusPort: fixture.statusPortWhenUnset,
      ...proxyConfig,
      ...(Object.keys(proxyMetadata).length > 0 && { proxyMetadata }),
      configPath: `/OUT/bootstrap/${given.name === 'secure_metrics' ? 'default' : given.name}`,
      customConfigFile: 'envoy_bootstrap.json',
    },
    instanceIps: fixture.instanceIPs,
    istioVersion: fixture.istioVersion,
    prometheusPort: fixture.envoyPrometheusPort,
    statusPort: fixture.envoyStatusPort,
    secureMetricsPort: given.secureMetricsPort,
    secureMergedMetricsPort: given.secureMergedMetricsPort,
    identitySocket: fixture.workloadIdentitySocketFile,
    pilotSubjectAltNames: fixture.pilotSubjectAltNames,
    outlierLogPath: fixture.outlierLogPath,
    wasmStatsTags: [],
    bindAddress: '0.0.0.0',
    loopback: '127.0.0.1',
    exitOnZeroActiveConnections: false,
    compliancePolicy: given.compliancePolicy,
  });
}

/** Zone and region are masked in most cases and the same in all, so nothing is lost by comparing them. */
function takeApart(json: JsonValue): { readonly matchers: Matchers; readonly rest: unknown } {
  const message = bootstrap.Bootstrap.create(fromJson(bootstrap.Bootstrap, json));
  const choice = message.statsConfig?.statsMatcher?.statsMatcher;
  const patterns = choice?.$case === 'inclusionList' ? choice.value.patterns : [];
  const of = (kind: string): string[] =>
    patterns.flatMap(({ matchPattern }) => {
      if (matchPattern?.$case !== kind) return [];
      if (matchPattern.$case === 'safeRegex') return [matchPattern.value.regex];
      return typeof matchPattern.value === 'string' ? [matchPattern.value] : [];
    });
  const rest = toJson(bootstrap.Bootstrap, {
    ...message,
    ...(message.statsConfig && { statsConfig: { ...message.statsConfig, statsMatcher: undefined } }),
  });
  return {
    matchers: { prefixes: of('prefix'), suffixes: of('suffix'), regexes: of('safeRegex') },
    rest: withoutMatcherAnnotations(JSON.parse(masked(JSON.stringify(rest)))),
  };
}

/** Paths differ from machine to machine. */
function masked(text: string): string {
  return text.replaceAll(/"path":"[^"]*\/XDS"/g, '"path":"/OUT/XDS"');
}

/** The annotations that the matchers come from are compared as matchers. */
function withoutMatcherAnnotations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMatcherAnnotations);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.startsWith('sidecar.istio.io/statsInclusion'));
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutMatcherAnnotations(each)]));
}

/** Compares whole values, and shows the parts that differ. */
function differing(want: unknown, got: unknown): CaseOutcome {
  const wanted = Object.entries(want as object);
  const written = new Map(Object.entries(got as object));
  const differs = wanted.filter(([key, value]) => compare(value, written.get(key)).kind === 'differ');
  const added = [...written].filter(([key]) => !wanted.some(([each]) => each === key));
  const names = new Set([...differs, ...added].map(([key]) => key));
  const part = (all: Iterable<[string, unknown]>): unknown =>
    Object.fromEntries([...all].filter(([key]) => names.has(key)));
  return compare(part(wanted), part(written));
}

interface TagSample {
  readonly input: string;
  readonly group1: string;
  readonly group2: string;
}

/** What a tag takes out of a statistic's name (group 1) and what its value is (group 2). */
function tagCases(file: string): readonly Case[] {
  if (!existsSync(file)) return [];
  const tags = readFileValue(file) as Readonly<Record<string, readonly TagSample[]>>;
  return Object.entries(tags).flatMap(([tag, samples]) =>
    samples.map(({ input, group1, group2 }) => ({
      name: `stats-tags/${input}`,
      run: () => {
        const [, ...groups] = new RegExp(tagRegex(tag)).exec(input) ?? [];
        return compare([group1, group2], groups);
      },
    })),
  );
}

/** The regex of a tag in JavaScript's spelling. */
function tagRegex(tag: string): string {
  const stats = statsTags.find(({ tag_name }) => tag_name === tag);
  return (stats?.regex ?? '(?!)').replaceAll('[:digit:]', '\\d');
}
