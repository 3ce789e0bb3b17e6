import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseResource, resourceKey } from '@istio-ts/config-model';
import { emitNameTable } from '@istio-ts/envoy-config';
import { renderIssue } from '@istio-ts/foundation';
import { nameTable as resolveNames, nextSnapshot, type Change } from '@istio-ts/mesh-model';
import { nameTable } from '@istio-ts/xds-types';
import { readCases } from '../read-cases.js';
import { compare, type Case, type CaseOutcome } from '../suite.js';
import { worldSettings } from '../world/build-world.js';
import { scenarioNode } from './traffic-simulation/scenario.js';

interface NameTableCase {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly proxy: {
    readonly ip: readonly string[];
    readonly domain: string;
    readonly cluster?: string;
    readonly network?: string;
    readonly metadata?: Readonly<Record<string, string>>;
  };
  /** Cluster id → the objects of its API server. */
  readonly clusters: Readonly<Record<string, readonly unknown[]>>;
  readonly expect: {
    readonly table?: Names;
    readonly entries?: Names;
    readonly contains?: readonly string[];
  };
}

type Names = Readonly<Record<string, Partial<nameTable.NameTable_NameInfo>>>;

/** The names that the control plane tells a proxy, decoded from the bytes that would be sent. */
export function nameTableCases(dir: string): readonly Case[] {
  const file = join(dir, 'name-tables.json');
  if (!existsSync(file)) return [];
  return (readCases(file) as readonly NameTableCase[]).map((given) => ({
    name: given.name,
    run: () => runCase(given),
  }));
}

function runCase(given: NameTableCase): CaseOutcome {
  if (given.proxy.metadata?.['DNS_AUTO_ALLOCATE'] === 'true')
    return { kind: 'unsupported', needs: 'addresses given out by the control plane for hosts without one' };
  const { table } = nameTable.NameTable.decode(emitNameTable(namesFor(given)).bytes);
  const { expect } = given;
  if (expect.table !== undefined) return compare(comparable(expect.table), comparable(table));
  const wanted = expect.entries ?? Object.fromEntries((expect.contains ?? []).map((name) => [name, {}]));
  return compare(comparable(wanted), comparable(partOf(table, wanted)));
}

function namesFor({ env, proxy, clusters }: NameTableCase): ReturnType<typeof resolveNames> {
  const changes = Object.entries(clusters).flatMap(readObjects);
  const snapshot = nextSnapshot(undefined, { changes, reasons: ['world'] }, worldSettings(''));
  const [namespace = ''] = proxy.domain.split('.');
  const node = {
    ...scenarioNode({ ips: proxy.ip, namespace }),
    clusterId: proxy.cluster ?? '',
    network: proxy.network ?? '',
  };
  return resolveNames(snapshot, node, {
    multiClusterHeadless: env['ENABLE_MULTICLUSTER_HEADLESS'] !== 'false',
  });
}

/** Clusters may hold objects of one name: what is told apart by its origin has a key of its own. */
function readObjects([cluster, objects]: readonly [string, readonly unknown[]]): readonly Change[] {
  return objects.map((object) => {
    const parsed = parseResource(object, { source: 'conformance', cluster });
    if (!parsed.ok) throw new TypeError(parsed.error.map(renderIssue).join('; '));
    return { key: `${cluster} ${resourceKey(parsed.value)}`, after: parsed.value };
  });
}

/** Of the entries asked for, the fields asked for. */
function partOf(table: Names, wanted: Names): Names {
  const entries = Object.entries(wanted).flatMap(([name, fields]) => {
    const found = Object.entries(table[name] ?? {}).filter(([field]) => field in fields);
    return table[name] === undefined ? [] : [[name, Object.fromEntries(found)] as const];
  });
  return Object.fromEntries(entries);
}

/** Addresses are sets; an empty text is as good as none. */
function comparable(table: Names): unknown {
  const entries = Object.entries(table).map(([name, { ips, ...rest }]) => {
    const fields = Object.entries(rest).filter(([, value]) => value !== '');
    return [name, { ...Object.fromEntries(fields), ...(ips && { ips: [...ips].sort() }) }] as const;
  });
  return Object.fromEntries(entries);
}
