import { readClusterObject, type AnalysisIssue, type AnalyzedObject } from '@istio-ts/config-analysis';
import { IssueCode, parseManifests, parseResource, type Origin } from '@istio-ts/config-model';
import type { Issue } from '@istio-ts/foundation';
import { checkJson } from '@istio-ts/xds-types/json';
import { parseAllDocuments } from 'yaml';
import type { ManifestFile } from '../../manifests/read-manifest-files.js';

/** Objects, and what reading them had to say. */
export interface Collected {
  readonly objects: readonly AnalyzedObject[];
  readonly issues: readonly (Issue | AnalysisIssue)[];
}

export const fromFiles = 'files';
const cluster = 'Kubernetes';

/** Kinds of which only the name is looked for: most texts have none of them, and are not parsed twice. */
const clusterKinds = /kind: *"?(?:CustomResourceDefinition|(?:Mutating|Validating)WebhookConfiguration)/u;

export function readFile({ name, text }: ManifestFile, defaultNamespace: string): Collected {
  const options = {
    file: name,
    source: fromFiles,
    cluster,
    defaultNamespace,
    checkEnvoyValue: checkJson,
  };
  const { resources, issues } = parseManifests(text, options);
  const origin = { source: fromFiles, cluster, position: { file: name } };
  return {
    objects: [...resources, ...(clusterKinds.test(text) ? clusterObjects(text, origin) : [])],
    // Whether this mesh carries a kind out is no matter of a file, and other kinds are not our business.
    issues: issues.filter(({ code }) => code !== IssueCode.KindNotEnforced && code !== IssueCode.KindNotRead),
  };
}

function clusterObjects(text: string, origin: Origin): readonly AnalyzedObject[] {
  return parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document) =>
    document.errors.length > 0 ? [] : (readClusterObject(document.toJS(), origin) ?? []),
  );
}

export function readMeshObjects(values: readonly unknown[]): Collected {
  const parsed = values.map((value) => parseResource(value, { source: 'mesh', cluster }));
  return {
    objects: parsed.flatMap((each) => (each.ok ? [each.value] : [])),
    issues: parsed
      .flatMap((each) => (each.ok ? each.issues : each.error))
      .filter(({ code }) => code !== IssueCode.KindNotRead),
  };
}

/** The objects of a mesh as they would be if files were applied to it. */
export function overlay(mesh: Collected, files: readonly Collected[]): Collected {
  const byName = new Map<string, AnalyzedObject>();
  const all = [mesh, ...files];
  for (const object of all.flatMap(({ objects }) => objects)) byName.set(nameOf(object), object);
  const replaced = new Set(files.flatMap(({ objects }) => objects.map(nameOf)));
  const left = mesh.issues.filter(
    ({ resource }) =>
      resource === undefined ||
      !replaced.has(`${resource.kind}/${resource.namespace ?? ''}/${resource.name}`),
  );
  return { objects: [...byName.values()], issues: [...left, ...files.flatMap(({ issues }) => issues)] };
}

function nameOf({ kind, metadata: { namespace, name } }: AnalyzedObject): string {
  return `${kind}/${namespace}/${name}`;
}
