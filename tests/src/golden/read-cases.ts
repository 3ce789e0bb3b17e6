import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { assertOnly, CaseFile, mapping } from './case-reader.js';
import {
  seamTypes,
  type GoldenCall,
  type GoldenCase,
  type GoldenProxy,
  type NamedResource,
  type Seam,
  type SeamType,
  type Traffic,
  type WantedIssue,
} from './golden-case.js';

/** The cases of this repository. */
export const goldenDir = join(import.meta.dirname, '../../golden');

const inputLimit = 80;
const nodeFields = ['type', 'ips', 'labels', 'namespace', 'configNamespace'];
const callFields = [
  'mode',
  'address',
  'port',
  'protocol',
  'tls',
  'alpn',
  'sni',
  'host',
  'path',
  'method',
  'headers',
];
const outcomeFields = ['error', 'listener', 'chain', 'routeConfig', 'vhost', 'route', 'cluster', 'clusters'];
const issueFields = ['code', 'severity', 'resource', 'path', 'says'];
const files = ['input.yaml', 'proxy.yaml', 'traffic.yaml', 'issues.yaml', ...seamTypes.map(seamFile)];

/** Folders that hold files; their names are `<feature>/<case>`. */
export function caseNames(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath }) => relative(root, parentPath));
  return [...new Set(folders)].sort();
}

/** @throws where a file is of no use, a field is not read by any check, or nothing is asserted */
export function readCase(root: string, name: string): GoldenCase {
  if (name.split('/').length !== 2) throw new Error(`"${name}" is no <feature>/<case> folder`);
  const folder = join(root, name);
  const present = readdirSync(folder);
  assertOnly(name, Object.fromEntries(present.map((file) => [file, true])), files);
  const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const read = (file: string): CaseFile | undefined =>
    present.includes(file) ? CaseFile.parse(`${name}/${file}`, text(file)) : undefined;
  const manifests = text('input.yaml');
  const [first = ''] = manifests.split('\n', 1);
  if (!first.startsWith('# ')) throw new Error(`${name}/input.yaml: the first line says what is shown`);
  const lines = manifests.trimEnd().split('\n').length;
  if (lines > inputLimit) throw new Error(`${name}/input.yaml has ${lines} lines, at most ${inputLimit}`);
  const made: GoldenCase = {
    name,
    shows: first.slice(2),
    manifests,
    proxy: proxyOf(CaseFile.parse(`${name}/proxy.yaml`, text('proxy.yaml'))),
    traffic: optional(read('traffic.yaml'), trafficOf),
    issues: optional(read('issues.yaml'), issuesOf) ?? [],
    seams: seamTypes.flatMap((type) => optional(read(seamFile(type)), (file) => seamOf(type, file)) ?? []),
  };
  if (made.traffic === undefined && made.issues.length === 0 && made.seams.length === 0)
    throw new Error(`${name} asserts nothing`);
  return made;
}

function seamFile(type: SeamType): string {
  return `${type}.yaml`;
}

function optional<T>(file: CaseFile | undefined, read: (file: CaseFile) => T): T | undefined {
  return file && read(file);
}

function proxyOf(file: CaseFile): GoldenProxy {
  file.only(['node', 'locality', 'mesh']);
  const node = file.mapping('node');
  assertOnly(`${file.name}: node`, node, nodeFields);
  const { region = '', zone = '', subzone = '', ...stray } = file.mapping('locality');
  assertOnly(`${file.name}: locality`, stray, []);
  return {
    node,
    locality: { region: String(region), zone: String(zone), subzone: String(subzone) },
    mesh: file.mapping('mesh'),
  };
}

function trafficOf(file: CaseFile): Traffic {
  file.only(['ids', 'calls']);
  const calls = file.entries('calls', ['call', 'becomes']).map(({ call, becomes }, index) => {
    const where = `${file.name}: calls[${index}]`;
    const [given, want] = [mapping(`${where}.call`, call), mapping(`${where}.becomes`, becomes)];
    assertOnly(`${where}.call`, given, callFields);
    assertOnly(`${where}.becomes`, want, outcomeFields);
    if (Object.keys(want).length === 0) throw new Error(`${where}.becomes asserts nothing`);
    if (typeof given['port'] !== 'number') throw new Error(`${where}.call: port is a number`);
    return { call: { ...given, port: given['port'] }, becomes: want } satisfies GoldenCall;
  });
  if (calls.length === 0) throw new Error(`${file.name} holds no call`);
  return { ids: file.texts('ids'), calls };
}

function issuesOf(file: CaseFile): readonly WantedIssue[] {
  file.only(['issues']);
  const issues = file.entries('issues', issueFields).map((issue, index) => {
    const missing = issueFields.find((field) => typeof issue[field] !== 'string');
    if (missing !== undefined) throw new Error(`${file.name}: issues[${index}].${missing} is a text`);
    return issue as unknown as WantedIssue;
  });
  if (issues.length === 0) throw new Error(`${file.name} holds no issue; a case without the file wants none`);
  return issues;
}

function seamOf(type: SeamType, file: CaseFile): Seam {
  file.only(['reason', 'resources', 'absent']);
  const resources = file.entries('resources').map((resource, index) => {
    if (typeof resource['name'] !== 'string') throw new Error(`${file.name}: resources[${index}] has a name`);
    return resource as NamedResource;
  });
  const absent = file.texts('absent');
  if (resources.length + absent.length === 0) throw new Error(`${file.name} asserts nothing`);
  return { type, reason: file.text('reason'), resources, absent };
}
