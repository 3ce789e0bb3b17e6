import { stringify } from 'yaml';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { displayName } from '../store/admission.js';
import { isClusterScoped, isKubeObject, type KubeObject } from '../store/kube-object.js';
import type { ControlClient } from './control-client.js';
import { columnsOf, labelText } from './object-columns.js';
import { renderAge, renderTable } from './text-table.js';

export interface GetOptions {
  readonly namespace: string;
  readonly allNamespaces: boolean;
  readonly output: string | undefined;
  readonly showLabels: boolean;
}

/** `get KIND[,KIND] [NAME]`: a table, or the objects as YAML, JSON or names. */
export async function get(
  client: ControlClient,
  kinds: string,
  name: string | undefined,
  options: GetOptions,
): Promise<string> {
  const [word = kinds, nameOfPair] = kinds.includes('/') ? kinds.split('/') : [kinds];
  const asked = name ?? nameOfPair;
  const query = {
    kinds: word,
    name: asked,
    namespace: options.allNamespaces ? undefined : options.namespace,
  };
  const answer = await client.call('/objects', { query });
  const objects = Array.isArray(answer) ? answer.filter(isKubeObject) : [];
  if (objects.length === 0 && asked !== undefined) {
    throw new MeshError(MeshErrorCode.Usage, `${word} "${asked}" is not there`);
  }
  if (options.output !== undefined && options.output !== 'wide')
    return renderObjects(objects, options.output, asked !== undefined);
  if (objects.length === 0)
    return `No resources found in ${options.allNamespaces ? 'any' : options.namespace} namespace.`;
  return renderGroups(objects, options);
}

function renderObjects(objects: readonly KubeObject[], output: string, single: boolean): string {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  const whole = single && objects.length === 1 ? objects[0] : list;
  switch (output) {
    case 'json':
      return JSON.stringify(whole, undefined, 4);
    case 'yaml':
      return stringify(whole, { lineWidth: 0 }).trimEnd();
    case 'name':
      return objects.map(displayName).join('\n');
    default:
      return renderPath(whole, output);
  }
}

/** `-o jsonpath={.spec.clusterIP}`: plain paths of fields and indexes. */
function renderPath(value: unknown, output: string): string {
  const path = /^jsonpath='?\{(.*)\}'?$/.exec(output)?.[1];
  if (path === undefined || !/^(\.[\w-]+|\[\d+\])+$/.test(path)) {
    throw new MeshError(
      MeshErrorCode.Usage,
      `"-o ${output}" is not known: yaml, json, name, wide or jsonpath={.a.b[0]}`,
    );
  }
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, field, index]) => field ?? index ?? '');
  const found = steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    value,
  );
  return typeof found === 'string' ? found : JSON.stringify(found ?? '');
}

/** Objects of several kinds make a table each, as their columns differ. */
function renderGroups(objects: readonly KubeObject[], options: GetOptions): string {
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  const tables = kinds.map((kind) => {
    const own = objects.filter((object) => object.kind === kind);
    const prefix =
      kinds.length > 1
        ? (object: KubeObject) => displayName(object)
        : (object: KubeObject) => object.metadata.name;
    return renderKind(kind, { objects: own, prefix, options });
  });
  return tables.join('\n\n');
}

interface KindTable {
  readonly objects: readonly KubeObject[];
  readonly prefix: (object: KubeObject) => string;
  readonly options: GetOptions;
}

function renderKind(kind: string, { objects, prefix, options }: KindTable): string {
  const columns = columnsOf(kind);
  const withNamespace = options.allNamespaces && !isClusterScoped(kind);
  const now = Date.now();
  const header = [
    ...(withNamespace ? ['NAMESPACE'] : []),
    'NAME',
    ...columns.map((column) => column.header),
    'AGE',
    ...(options.showLabels ? ['LABELS'] : []),
  ];
  const rows = objects.map((object) => [
    ...(withNamespace ? [object.metadata.namespace ?? ''] : []),
    prefix(object),
    ...columns.map(({ cell }) => cell(object)),
    age(object, now),
    ...(options.showLabels ? [labelText(object)] : []),
  ]);
  return renderTable(header, rows);
}

function age({ metadata }: KubeObject, now: number): string {
  const created = metadata['creationTimestamp'];
  return typeof created === 'string' ? renderAge(Date.parse(created), now) : '<unknown>';
}
