import type { MeshConfig } from '@istio-ts/config-model';
import type { AnalyzedKind, ObjectOf } from './analyzed-object.js';
import type { Finding } from './finding.js';
import { eachIndex, type ObjectIndex } from './object-index.js';

/** What is the same for all objects of one analysis. */
export interface AnalysisSettings {
  /** Where the control plane is. */
  readonly systemNamespace: string;
  /** What time it is, for certificates that end; absent: nobody asks. What has ended is noticed when its object is looked at again. */
  readonly nowMs?: (() => number) | undefined;
}

/**
 * What an analyzer may look at. What it looks up is remembered, and only a change of that makes it look again: so it must not
 * keep anything from one call to the next, and must not look at kinds that it does not declare.
 */
export interface World {
  readonly settings: AnalysisSettings;
  /** The settings of the mesh, with the defaults where nobody set any. */
  readonly meshConfig: () => MeshConfig;
  /** '' is the namespace of cluster-scoped kinds. */
  get<K extends AnalyzedKind>(kind: K, namespace: string, name: string): ObjectOf<K> | undefined;
  find<K extends AnalyzedKind>(index: ObjectIndex<K>, key: string): readonly ObjectOf<K>[];
  /** Prefer `find`: every change of the kind makes the analyzer look again. */
  all<K extends AnalyzedKind>(kind: K): readonly ObjectOf<K>[];
}

export interface Analyzer {
  /** As Istio names it, `virtualservice.GatewayAnalyzer`. */
  readonly name: string;
  /** One line for the list of analyzers. */
  readonly summary: string;
  /** Every kind that it looks at. */
  readonly reads: ReadonlySet<AnalyzedKind>;
  /**
   * Kinds without which it cannot judge: where the objects come from files alone and none is of this kind, the kind is
   * most likely somewhere else, and the analyzer is left out.
   */
  readonly needs: readonly AnalyzedKind[];
  /** It runs once for every key of this index that has objects. */
  readonly subjects: ObjectIndex;
  analyze(subjects: readonly ObjectOf<AnalyzedKind>[], world: World, key: string): Iterable<Finding>;
}

interface AnalyzerWords {
  readonly name: string;
  readonly summary: string;
  /** Kinds beside those that it runs for. */
  readonly reads?: readonly AnalyzedKind[];
  readonly needs?: readonly AnalyzedKind[];
}

/** An analyzer that looks at one object at a time, and at what that object refers to. */
export interface ObjectAnalyzer<K extends AnalyzedKind> extends AnalyzerWords {
  readonly each: readonly K[];
  readonly analyze: (object: ObjectOf<K>, world: World) => Iterable<Finding>;
}

/** An analyzer that looks at objects together that have a key in common: a namespace, a host. */
export interface GroupAnalyzer<K extends AnalyzedKind> extends AnalyzerWords {
  readonly groups: ObjectIndex<K>;
  readonly analyze: (members: readonly ObjectOf<K>[], world: World, key: string) => Iterable<Finding>;
}

export function defineAnalyzer<const K extends AnalyzedKind>(definition: ObjectAnalyzer<K>): Analyzer {
  const { each, analyze, ...words } = definition;
  const subjects = eachIndex(each);
  return {
    ...complete(words, each),
    subjects: subjects,
    // The index holds the declared kinds only.
    analyze: (members, world) => [...members].flatMap((member) => [...analyze(member as ObjectOf<K>, world)]),
  };
}

export function defineGroupAnalyzer<const K extends AnalyzedKind>(definition: GroupAnalyzer<K>): Analyzer {
  const { groups, analyze, ...words } = definition;
  return {
    ...complete(words, groups.kinds),
    subjects: groups,
    analyze: (members, world, key) => analyze(members as readonly ObjectOf<K>[], world, key),
  };
}

function complete(
  { name, summary, reads = [], needs = [] }: AnalyzerWords,
  subjects: readonly AnalyzedKind[],
): Pick<Analyzer, 'name' | 'summary' | 'reads' | 'needs'> {
  return { name, summary, reads: new Set([...subjects, ...reads, 'MeshConfig']), needs };
}
