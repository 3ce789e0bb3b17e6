import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allAnalyzers,
  analyzeSnapshot,
  displayKind,
  meshConfigObject,
  meshNetworksObject,
  readClusterObject,
  type AnalysisIssue,
  type AnalyzedObject,
} from '@istio-ts/config-analysis';
import {
  defaultMeshConfig,
  findKind,
  mergeMeshConfig,
  parseMeshNetworks,
  parseResource,
  type MeshNetworks,
  type Origin,
} from '@istio-ts/config-model';
import { MeshError, MeshErrorCode, type Result } from '@istio-ts/foundation';
import { parse, parseAllDocuments } from 'yaml';
import { readCases } from '../read-cases.js';
import { compare, type CaseOutcome, type Suite } from '../suite.js';

interface AnalyzerCase {
  readonly name: string;
  readonly analyzer: string;
  readonly inputs: readonly string[];
  readonly clusters?: Readonly<Record<string, readonly string[]>>;
  readonly meshConfig: string | null;
  readonly meshNetworks: string | null;
  readonly ingress: string;
  readonly expected: readonly { readonly code: string; readonly message: string; readonly origin: string }[];
}

/** One analyzer over given files: it says what is expected of it, and nothing else. */
export const analyzers: Suite = {
  name: 'analyzers',
  load: (dir) =>
    (readCases(join(dir, 'cases.json')) as readonly AnalyzerCase[]).map((given) => ({
      name: given.name,
      run: () => runCase(given, dir),
    })),
};

function runCase(given: AnalyzerCase, dir: string): CaseOutcome {
  const chosen = allAnalyzers.filter(({ name }) => name === given.analyzer);
  if (chosen.length === 0) return { kind: 'unsupported', needs: `analyzer ${given.analyzer}` };
  const { issues } = analyzeSnapshot(readObjects(given, dir), { analyzers: chosen });
  const want = given.expected.map(({ code, message, origin }) => `${code} ${message} ${origin}`).sort();
  return compare(want, issues.map(renderIssue).sort());
}

function renderIssue({ code, name, resource }: AnalysisIssue): string {
  if (resource === undefined) return `${code} ${name}`;
  const kind = displayKind(resource.kind);
  const { namespace } = resource;
  return `${code} ${name} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${resource.name}`;
}

function readObjects(given: AnalyzerCase, dir: string): readonly AnalyzedObject[] {
  const originOf = (file: string): Origin => {
    const found = Object.entries(given.clusters ?? {}).find(([, files]) => files.includes(file));
    return { source: 'conformance', cluster: found?.[0] ?? 'Kubernetes' };
  };
  const files = [
    ...given.inputs,
    ...(given.ingress === 'on' ? ['fixtures/default-ingress-gateway.yaml'] : []),
  ];
  const objects = files.flatMap((file) => readFile(join(dir, file), originOf(file)));
  return [...objects, ...readSettings(given, dir)];
}

function readSettings({ meshConfig, meshNetworks }: AnalyzerCase, dir: string): readonly AnalyzedObject[] {
  const origin = { source: 'conformance', cluster: 'Kubernetes' };
  const read = (path: string): string => readFileSync(join(dir, path), 'utf8');
  const settings =
    meshConfig === null ? defaultMeshConfig : accept(mergeMeshConfig(defaultMeshConfig, read(meshConfig)));
  return [
    meshConfigObject(settings, { origin }),
    ...(meshNetworks === null ? [] : [meshNetworksObject(readMeshNetworks(read(meshNetworks)), { origin })]),
  ];
}

/** As with objects: what would be refused is taken as it is written. */
function readMeshNetworks(text: string): MeshNetworks {
  const parsed = parseMeshNetworks(text);
  return parsed.ok ? parsed.value : (parse(text) as MeshNetworks);
}

function accept<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new MeshError(MeshErrorCode.Usage, result.error.map(({ message }) => message).join('; '));
}

function readFile(path: string, origin: Origin): readonly AnalyzedObject[] {
  return parseAllDocuments(readFileSync(path, 'utf8'))
    .map((document) => document.toJS() as unknown)
    .flatMap((value) =>
      isObject(value) && Array.isArray(value['items']) ? (value['items'] as unknown[]) : [value],
    )
    .flatMap((value) => (isObject(value) ? (readObject(value, origin) ?? []) : []));
}

/** Many inputs would be refused: they hold only what the analyzer looks at. These are taken as they are written. */
function readObject(value: Fields, origin: Origin): AnalyzedObject | undefined {
  const parsed = parseResource(value, { ...origin, defaultNamespace: '' });
  if (parsed.ok) return withStatus(parsed.value, value);
  const { apiVersion, kind, metadata, spec, status } = value;
  const entry = findKind(String(apiVersion), String(kind));
  if (entry === undefined || !isObject(metadata)) return readClusterObject(value, origin);
  const { name, namespace = '', labels, annotations } = metadata;
  return {
    kind: entry.name,
    apiVersion,
    metadata: { name, namespace, labels: labels ?? {}, annotations: annotations ?? {}, ownerReferences: [] },
    spec: entry.body === 'spec' ? (spec ?? {}) : value,
    ...(isObject(status) && { status }),
    origin,
  } as unknown as AnalyzedObject;
}

/** A status is kept as far as the mesh reads it; the analyzer of conditions looks at more. */
function withStatus(object: AnalyzedObject, { status }: Fields): AnalyzedObject {
  return isObject(status) ? { ...object, status } : object;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
