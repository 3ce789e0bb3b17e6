import { MeshError, MeshErrorCode, renderIssue, type Issue } from '@istio-ts/foundation';
import type { Pod } from '../runtime/pod.js';
import {
  admit,
  compatibilityVersion,
  displayName,
  isOfKind,
  kindsByWords,
  meshConfigKey,
} from '../store/admission.js';
import { isRecord, recordAt } from '../store/json-record.js';
import { isClusterScoped, keyOf, renderKey, type KubeObject, type ObjectKey } from '../store/kube-object.js';
import type { ObjectFiles } from '../store/object-files.js';
import type { StoredObject } from '../store/object-store.js';
import { PodCertificates, type PodCertificate } from './pod-certificates.js';
import type { Mesh } from '../supervisor/mesh.js';
import type { PodState } from '../workloads/pod-state.js';

/** What a command that changes things answers: a line per object, and what was refused. */
export interface ChangeReport {
  readonly lines: readonly string[];
  /** What is to be said about objects that were accepted. */
  readonly notes?: readonly string[];
  readonly refused: readonly string[];
}

export interface Selection {
  /** Kind words with commas, as typed. */
  readonly kinds: string;
  /** Absent: all namespaces. */
  readonly namespace?: string;
  readonly name?: string;
}

/** The verbs of the command line, on a running mesh. */
export class Operations {
  readonly #certificates = new PodCertificates();

  constructor(
    private readonly mesh: Mesh,
    private readonly applied: ObjectFiles,
  ) {}

  /** Validates, then stores. Bad documents are refused, good ones of the same text are stored. */
  async apply(text: string, file: string, namespace: string): Promise<ChangeReport> {
    const version = compatibilityVersion(this.mesh.view.get(meshConfigKey)?.object);
    const { accepted, issues } = admit(text, { file, namespace, compatibilityVersion: version });
    const lines: string[] = [];
    for (const object of accepted) lines.push(await this.#store(object));
    await this.mesh.reload();
    const isRefused = (issue: Issue) => issue.severity === 'error' && !isAbout(issue, accepted);
    const notes = issues.filter((issue) => !isRefused(issue)).map(renderIssue);
    return { lines, notes, refused: issues.filter(isRefused).map(renderIssue) };
  }

  /** The objects that are asked for, in force or made by this platform. */
  get({ kinds, namespace, name }: Selection): readonly KubeObject[] {
    const wanted = knownKinds(kinds);
    const found = this.mesh.objects().filter((object) => {
      if (!wanted.some((kind) => isOfKind(object, kind))) return false;
      if (name !== undefined && object.metadata.name !== name) return false;
      return namespace === undefined || isClusterScoped(object.kind) || keyOf(object).namespace === namespace;
    });
    const order = (object: KubeObject) => wanted.findIndex((kind) => isOfKind(object, kind));
    return [...found].sort(
      (a, b) => order(a) - order(b) || (renderKey(keyOf(a)) < renderKey(keyOf(b)) ? -1 : 1),
    );
  }

  /** Removes the objects that are asked for; without a name, all of their kinds in the namespace. */
  async delete(selection: Selection & { readonly namespace: string }): Promise<ChangeReport> {
    const { name, kinds } = selection;
    if (name !== undefined && kinds.split(',').every((word) => knownKinds(word)[0]?.kind === 'Pod')) {
      const ended = this.#endPod(selection.namespace, name);
      if (ended !== undefined) return { lines: [ended], refused: [] };
    }
    const found = this.get(selection).filter(({ kind }) => kind !== 'Pod' || name !== undefined);
    const own = found.filter((object) => this.#stored(object) !== undefined);
    if (name !== undefined && own.length === 0)
      return { lines: [], refused: [`${kinds} "${name}" is not there`] };
    return this.#remove(own);
  }

  /** Removes what a manifest describes. */
  async deleteManifest(text: string, file: string, namespace: string): Promise<ChangeReport> {
    const { accepted, issues } = admit(text, { file, namespace, compatibilityVersion: undefined });
    const report = await this.#remove(accepted);
    const unread = issues.filter((issue) => issue.severity === 'error' && !isAbout(issue, accepted));
    return { lines: report.lines, refused: [...report.refused, ...unread.map(renderIssue)] };
  }

  async createNamespace(name: string): Promise<ChangeReport> {
    const key = { kind: 'Namespace', namespace: '', name };
    if (this.mesh.view.get(key) !== undefined)
      return { lines: [], refused: [`namespace "${name}" is already there`] };
    await this.applied.put(
      withCreationTime({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, undefined),
    );
    await this.mesh.reload();
    return { lines: [`namespace/${name} created`], refused: [] };
  }

  /** Sets labels, `key=value`, or takes them away, `key-`. */
  async label(
    selection: Selection & { readonly namespace: string },
    changes: readonly string[],
  ): Promise<ChangeReport> {
    const objects = this.get(selection).filter(({ kind }) => kind !== 'Pod');
    if (objects.length === 0)
      return { lines: [], refused: [`${selection.kinds} "${selection.name ?? ''}" is not there`] };
    for (const object of objects) {
      const labels = new Map(Object.entries(object.metadata.labels ?? {}));
      for (const change of changes) applyLabel(labels, change);
      await this.applied.put({
        ...object,
        metadata: { ...object.metadata, labels: Object.fromEntries(labels) },
      });
    }
    await this.mesh.reload();
    return { lines: objects.map((object) => `${displayName(object)} labeled`), refused: [] };
  }

  async scale(namespace: string, name: string, replicas: number): Promise<ChangeReport> {
    const found = this.mesh.view.get({ kind: 'Deployment', namespace, name })?.object;
    if (found === undefined) return { lines: [], refused: [`deployment "${name}" is not there`] };
    await this.applied.put({ ...found, spec: { ...recordAt(found, 'spec'), replicas } });
    await this.mesh.reload();
    return { lines: [`${displayName(found)} scaled`], refused: [] };
  }

  /** The pods, those with a proxy together with the certificate that it presents. */
  async pods(): Promise<readonly (PodState & { readonly certificate?: PodCertificate })[]> {
    return Promise.all(
      this.mesh.pods.map(async (pod) => {
        const certificate = await this.#certificates.of(pod);
        return { ...pod.state(), ...(certificate && { certificate }) };
      }),
    );
  }

  /** The pod of `NAME`, or a running one of `deploy/NAME`; the namespace may also be written as `NAME.NAMESPACE`. */
  findPod(target: string, namespace: string): Pod {
    const [, kind = 'pod', rest = target] = /^([a-z.]+)\/(.+)$/.exec(target) ?? [];
    const matches = (pod: Pod, name: string, inside: string) =>
      pod.identity.namespace === inside &&
      (kind.startsWith('deploy') ? pod.options.group.owner.name === name : pod.identity.name === name);
    const dot = rest.lastIndexOf('.');
    const candidates = [
      ...this.mesh.pods.filter((pod) => matches(pod, rest, namespace)),
      ...(dot > 0
        ? this.mesh.pods.filter((pod) => matches(pod, rest.slice(0, dot), rest.slice(dot + 1)))
        : []),
    ];
    const chosen = candidates.find((pod) => pod.state().ready) ?? candidates.find((pod) => !pod.ending);
    if (chosen !== undefined) return chosen;
    throw new MeshError(MeshErrorCode.Usage, `there is no pod for "${target}" in namespace "${namespace}"`);
  }

  async #store(object: KubeObject): Promise<string> {
    const name = displayName(object);
    const before = this.mesh.view.get(keyOf(object))?.object;
    if (before !== undefined && sameContent(before, object)) return `${name} unchanged`;
    await this.applied.put(withCreationTime(object, before));
    return `${name} ${before === undefined ? 'created' : 'configured'}`;
  }

  async #remove(objects: readonly KubeObject[]): Promise<ChangeReport> {
    const lines: string[] = [];
    const refused: string[] = [];
    for (const object of objects) {
      const stored = this.#stored(object);
      if (stored === undefined) refused.push(`${displayName(object)} is not there`);
      else if (stored.origin.kind === 'file')
        refused.push(`${displayName(object)} stands in ${stored.origin.file}: remove it there`);
      else if (stored.origin.kind === 'runtime')
        refused.push(`${displayName(object)} is part of the mesh itself`);
      else {
        await this.applied.delete(keyOf(object));
        lines.push(`${displayName(object)} deleted`);
        if (object.kind === 'Namespace') lines.push(...(await this.#removeInside(object.metadata.name)));
      }
    }
    await this.mesh.reload();
    return { lines, refused };
  }

  async #removeInside(namespace: string): Promise<readonly string[]> {
    const inside = this.applied.objects.filter((object) => keyOf(object).namespace === namespace);
    for (const object of inside) await this.applied.delete(keyOf(object));
    return inside.map((object) => `${displayName(object)} deleted`);
  }

  #stored(object: KubeObject): StoredObject | undefined {
    return this.mesh.view.get(keyOf(object));
  }

  #endPod(namespace: string, name: string): string | undefined {
    const key: ObjectKey = { kind: 'Pod', namespace, name };
    const isBare = this.mesh.view.get(key) !== undefined;
    const runs = this.mesh.pods.some(
      ({ identity }) => identity.namespace === namespace && identity.name === name,
    );
    if (isBare || !runs) return undefined;
    this.mesh.endPod(`${namespace}/${name}`);
    return `pod/${name} deleted`;
  }
}

function knownKinds(words: string): ReturnType<typeof kindsByWords>['kinds'] {
  const { kinds, unknown } = kindsByWords(words);
  if (unknown.length === 0) return kinds;
  throw new MeshError(MeshErrorCode.Usage, `there is no kind "${unknown.join('", "')}"`);
}

function applyLabel(labels: Map<string, string>, change: string): void {
  const [, key = '', value = ''] = /^([^=]+?)(?:=(.*)|-)$/.exec(change) ?? [];
  if (key === '')
    throw new MeshError(
      MeshErrorCode.Usage,
      `"${change}" is no label: write key=value, or key- to take it away`,
    );
  if (change.endsWith('-') && !change.includes('=')) labels.delete(key);
  else labels.set(key, value);
}

function isAbout({ resource }: Issue, objects: readonly KubeObject[]): boolean {
  if (resource === undefined) return false;
  return objects.some(
    (object) =>
      object.kind === resource.kind &&
      object.metadata.name === resource.name &&
      keyOf(object).namespace === (resource.namespace ?? ''),
  );
}

/** The time when the object was first stored: the age that is shown, and what decides between conflicting objects. */
function withCreationTime(object: KubeObject, before: KubeObject | undefined): KubeObject {
  const creationTimestamp = before?.metadata['creationTimestamp'] ?? new Date().toISOString();
  return { ...object, metadata: { ...object.metadata, creationTimestamp } };
}

/** Whether two objects say the same; the order of fields and the status do not count. */
function sameContent(a: KubeObject, b: KubeObject): boolean {
  const content = ({ status: _status, ...rest }: KubeObject) =>
    JSON.stringify(rest, (key, value: unknown) =>
      key === 'creationTimestamp' ? undefined : sortedFields(value),
    );
  return content(a) === content(b);
}

function sortedFields(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
