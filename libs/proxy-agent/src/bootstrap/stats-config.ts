import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import { readJsonObject } from '../pod/node-metadata.js';
import { objectField, stringListField, type ProxyConfig } from '../pod/proxy-config.js';
import { present } from './protobuf-json.js';

/** How the names of Envoy's own statistics are taken apart into labels; those of the mesh follow below. */
const envoyTags: readonly StatsTag[] = [
  { tag_name: 'cluster_name', regex: '^cluster(\\.(.+);)' },
  {
    tag_name: 'http_conn_manager_prefix',
    regex: '^http\\.(((?:[_.[:digit:]\\w]*|[_\\[\\]aAbBcCdDeEfF[:digit:]\\w\\:]*));\\.)',
  },
  { tag_name: 'thread_name', regex: '^server(\\.(.+))\\.watchdog' },
  { tag_name: 'tcp_prefix', regex: '^tcp\\.((.*?)\\.)\\w+?$' },
  { tag_name: 'response_code', regex: '_rq(_(\\d{3}))$' },
  { tag_name: 'response_code_class', regex: '_rq(_(\\dxx))$' },
  {
    tag_name: 'http_conn_manager_listener_prefix',
    regex: '^listener(?=\\.).*?\\.http\\.(((?:[_.[:digit:]]*|[_\\[\\]aAbBcCdDeEfF[:digit:]]*))\\.)',
  },
  {
    tag_name: 'listener_address',
    regex: '^listener\\.(((?:[_.[:digit:]]*|[_\\[\\]aAbBcCdDeEfF[:digit:]]*))\\.)',
  },
  { tag_name: 'mongo_prefix', regex: '^mongo\\.(.+?)\\.(collection|cmd|cx_|op_|delays_|decoding_)(.*?)$' },
];

/** Of the mesh's metrics, and of what its filters count in Envoy's. */
const meshTags: readonly StatsTag[] = [
  { tag_name: 'cache', regex: '(cache\\.(.+?)\\.)' },
  { tag_name: 'component', regex: '(component\\.(.+?)\\.)' },
  { tag_name: 'tag', regex: '(tag\\.(.+?);\\.)' },
  { tag_name: 'wasm_filter', regex: '(wasm_filter\\.(.+?)\\.)' },
  { tag_name: 'authz_enforce_result', regex: 'rbac(\\.(allowed|denied))' },
  { tag_name: 'authz_dry_run_action', regex: '(\\.istio_dry_run_(allow|deny)_)' },
  { tag_name: 'authz_dry_run_result', regex: '(\\.shadow_(allowed|denied))' },
];

/** One label: the part of a statistic's name that the regular expression's first group takes away; the second is the value. */
export interface StatsTag {
  readonly tag_name: string;
  readonly regex: string;
}

/** The labels that every bootstrap has. */
export const statsTags: readonly StatsTag[] = [...envoyTags, ...meshTags];

/** Which statistics are kept: Envoy has thousands, and a mesh wants few of them from each proxy. */
const requiredPrefixes = [
  'cluster_manager',
  'listener_manager',
  'server',
  'cluster.xds-grpc',
  'wasm',
  'component',
  'istio',
];
const requiredSuffixes = ['rbac.allowed', 'rbac.denied', 'shadow_allowed', 'shadow_denied'];
const requiredRegexps = ['vhost\\..*\\.route\\..*'];

/** The agent reads the number of open connections where it ends a drain early. */
const connectionCount = 'downstream_cx_active';

export interface StatsSettings {
  readonly proxyConfig: ProxyConfig;
  readonly annotations: Readonly<Record<string, string>>;
  readonly instanceIps: readonly string[];
  /** Labels of our Wasm filters' metrics. */
  readonly wasmStatsTags: readonly StatsTag[];
  readonly exitOnZeroActiveConnections: boolean;
}

/** Labels and choice of statistics. An annotation takes the place of the proxy configuration's list. */
export function createStatsConfig(settings: StatsSettings): JsonObject {
  const wanted = chooseStats(settings);
  const exit = settings.exitOnZeroActiveConnections ? [connectionCount] : [];
  const patterns = [
    ...['reporter=', ...wanted.prefixes, ...requiredPrefixes].map((prefix) => ({ prefix })),
    ...[...wanted.suffixes, ...requiredSuffixes, ...exit].map((suffix) => ({ suffix })),
    ...[...wanted.regexps, ...requiredRegexps].map((regex) => ({ safe_regex: { regex } })),
  ];
  const tags = [...envoyTags, ...extraTags(settings), ...meshTags, ...settings.wasmStatsTags];
  return present({
    use_all_default_tags: false,
    stats_tags: tags.map((tag) => ({ ...tag })),
    stats_matcher: { inclusion_list: { patterns } },
    histogram_bucket_settings: histogramBuckets(settings.annotations),
  });
}

/** Labels of the mesh's metrics beyond the usual ones, from the proxy configuration and from an annotation. */
function extraTags({ proxyConfig, annotations }: StatsSettings): readonly StatsTag[] {
  const annotated = annotations['sidecar.istio.io/extraStatTags'] ?? '';
  const names = [...stringListField(proxyConfig, 'extraStatTags'), ...annotated.split(',')];
  return [...new Set(names.map((name) => name.trim()))]
    .filter((name) => name !== '')
    .map((tag_name) => ({ tag_name, regex: `(${tag_name}=\\.=(.*?);\\.;)` }));
}

/** The annotation is a JSON object: prefix of the histograms' names → upper bounds. What Envoy would refuse is left out. */
function histogramBuckets(annotations: StatsSettings['annotations']): readonly JsonObject[] | undefined {
  const wanted = readJsonObject(annotations['sidecar.istio.io/statsHistogramBuckets']);
  const settings = Object.entries(wanted)
    .filter(([, buckets]) => areBounds(buckets))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([prefix, buckets]) => ({ match: { prefix }, buckets }));
  return settings.length > 0 ? settings : undefined;
}

function areBounds(value: JsonValue): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number' && each > 0)
  );
}

interface WantedStats {
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly regexps: readonly string[];
}

function chooseStats({ proxyConfig, annotations, instanceIps }: StatsSettings): WantedStats {
  const matcher = objectField(proxyConfig, 'proxyStatsMatcher');
  const wanted = (annotation: string, field: string): readonly string[] => {
    const text = annotations[`sidecar.istio.io/${annotation}`];
    const patterns = text === undefined ? stringListField(matcher, field) : text.split(',');
    return patterns
      .filter((pattern) => pattern !== '')
      .flatMap((pattern) => expandAddress(pattern, instanceIps));
  };
  return {
    prefixes: wanted('statsInclusionPrefixes', 'inclusionPrefixes'),
    suffixes: wanted('statsInclusionSuffixes', 'inclusionSuffixes'),
    regexps: wanted('statsInclusionRegexps', 'inclusionRegexps'),
  };
}

/** `{pod_ip}` stands for each address of the pod. */
function expandAddress(pattern: string, instanceIps: readonly string[]): readonly string[] {
  if (!pattern.includes('{pod_ip}')) return [pattern];
  return [...new Set(instanceIps)].map((ip) => pattern.replaceAll('{pod_ip}', ip));
}
