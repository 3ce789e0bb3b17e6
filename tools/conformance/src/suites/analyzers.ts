import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allAnalyzers,
  analyzeSnapshot,
  displayKind,
  meshConfigObject,
  meshNetworksObject,
  precheckAnalyzers,
  readClusterObject,
  withoutRestated,
  type AnalysisIssue,
  type AnalyzedObject,
} from '@istio-ts/config-analysis';
import {
  defaultMeshConfig,
  findKind,
  mergeMeshConfig,
  parseMeshNetworks,
  parseResource,
  specSchema,
  type MeshNetworks,
  type Origin,
} from '@istio-ts/config-model';
import { MeshError, MeshErrorCode, type Issue, type ResourceRef, type Result } from '@istio-ts/foundation';
import { parse, parseAllDocuments } from 'yaml';
import { readCases } from '../read-cases.js';
import { compare, type CaseOutcome, type Suite } from '../suite.js';
import { isObject, withEmpty, type Fields } from './as-written.js';

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

/** Followed by a kind: what the check of single objects of the kind says. */
const schemaAnalyzer = 'schema.ValidationAnalyzer.';

function runCase(given: AnalyzerCase, dir: string): CaseOutcome {
  const known = [...allAnalyzers, ...precheckAnalyzers];
  const analyzers = known.filter(({ name }) => name === given.analyzer);
  const single = given.analyzer.startsWith(schemaAnalyzer) ? given.analyzer.slice(schemaAnalyzer.length) : '';
  if (analyzers.length === 0 && single === '') {
    return { kind: 'unsupported', needs: `analyzer ${given.analyzer}` };
  }
  const documents = readDocuments(given, dir);
  const objects = documents.flatMap(({ value, origin }) => readObject(value, origin) ?? []);
  const { issues } = analyzeSnapshot([...objects, ...readSettings(given, dir)], {
    analyzers,
    settings: { nowMs: Date.now },
  });
  const ofObjects = withoutRestated(
    documents.filter(({ value }) => value['kind'] === single).flatMap(checkSingle),
    issues,
  );
  const want = given.expected.map(({ code, message, origin }) => `${code} ${message} ${origin}`).sort();
  const got = [...issues.map(renderIssue), ...new Set(ofObjects.map(renderSingle))];
  return compare(want, got.map((line) => line.split('\n')[0] ?? '').sort());
}

function renderIssue({ code, name, resource }: AnalysisIssue): string {
  if (resource === undefined) return `${code} ${name}`;
  const kind = displayKind(resource.kind);
  const { namespace } = resource;
  return `${code} ${name} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${resource.name}`;
}

/** What is refused or warned of in an object for itself. */
function checkSingle({ value, origin }: Document): readonly Issue[] {
  const parsed = parseResource(value, { ...origin, defaultNamespace: '' });
  const issues = parsed.ok ? parsed.issues : parsed.error;
  const resource = refOf(value);
  return issues.flatMap((issue) => (singleNames.has(issue.code) ? [{ ...issue, resource }] : []));
}

const singleNames: ReadonlyMap<string, string> = new Map([
  ['IST0106', 'SchemaValidationError'],
  ['IST0133', 'SchemaWarning'],
]);

function refOf({ kind, metadata }: Fields): ResourceRef {
  const { name, namespace } = isObject(metadata) ? metadata : {};
  return {
    kind: String(kind),
    name: String(name),
    ...(typeof namespace === 'string' && { namespace }),
  };
}

/** With the words in a second line: those that say the same are one. */
function renderSingle({ code, resource, message }: Issue): string {
  const { kind = '', namespace, name = '' } = resource ?? {};
  const origin = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return `${code} ${singleNames.get(code) ?? ''} ${origin}\n${message}`;
}

interface Document {
  readonly value: Fields;
  readonly origin: Origin;
}

function readDocuments(given: AnalyzerCase, dir: string): readonly Document[] {
  const originOf = (file: string): Origin => {
    const found = Object.entries(given.clusters ?? {}).find(([, files]) => files.includes(file));
    return { source: 'conformance', cluster: found?.[0] ?? 'Kubernetes' };
  };
  const files = [
    ...given.inputs,
    ...(given.ingress === 'on' ? ['fixtures/default-ingress-gateway.yaml'] : []),
  ];
  return files.flatMap((file) =>
    readFile(join(dir, file)).map((value) => ({ value, origin: originOf(file) })),
  );
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

function readFile(path: string): readonly Fields[] {
  return parseAllDocuments(readFileSync(path, 'utf8'))
    .map((document) => document.toJS() as unknown)
    .flatMap((value) =>
      isObject(value) && Array.isArray(value['items']) ? (value['items'] as unknown[]) : [value],
    )
    .filter(isObject);
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
    spec: withEmpty(entry.body === 'spec' ? (spec ?? {}) : value, specSchema(entry.name)),
    ...(isObject(status) && { status }),
    origin,
  } as unknown as AnalyzedObject;
}

/** A status is kept as far as the mesh reads it; the analyzer of conditions looks at more. */
function withStatus(object: AnalyzedObject, { status }: Fields): AnalyzedObject {
  return isObject(status) ? { ...object, status } : object;
}
