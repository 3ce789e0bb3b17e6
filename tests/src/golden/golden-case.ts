import type { ScenarioNode } from '@istio-ts/conformance';
import type { Severity } from '@istio-ts/foundation';
import type { LocalityIr } from '@istio-ts/mesh-ir';
import type { Call, Outcome } from '@istio-ts/traffic-simulator';

/** A folder under `tests/golden`, read and checked for form. */
export interface GoldenCase {
  /** `<feature>/<case>`; says where it stands, and is read by no check. */
  readonly name: string;
  /** The first line of `input.yaml`. */
  readonly shows: string;
  readonly manifests: string;
  readonly proxy: GoldenProxy;
  readonly traffic: Traffic | undefined;
  /** All that must be said about the objects; a case without the file wants none. */
  readonly issues: readonly WantedIssue[];
  readonly seams: readonly Seam[];
}

/** `proxy.yaml`. */
export interface GoldenProxy {
  readonly node: ScenarioNode;
  readonly locality: LocalityIr;
  /** Fields of a MeshConfig, laid over the defaults. */
  readonly mesh: Readonly<Record<string, unknown>> & { readonly compatibilityVersion?: string };
}

/** `traffic.yaml`. */
export interface Traffic {
  /** Rows of the feature catalogue that the case asserts. */
  readonly ids: readonly string[];
  readonly calls: readonly GoldenCall[];
}

export interface GoldenCall {
  readonly call: Partial<Call> & Pick<Call, 'port'>;
  /** Fields that are not named are free; `clusters` is a mapping from name to weight. */
  readonly becomes: Partial<Omit<Outcome, 'clusters' | 'error' | 'chainTls'>> & {
    readonly error?: string;
    readonly clusters?: Readonly<Record<string, number>>;
  };
}

/** An entry of `issues.yaml`. */
export interface WantedIssue {
  readonly code: string;
  readonly severity: Severity;
  /** `Kind/namespace/name`, '' where the text holds no object. */
  readonly resource: string;
  /** '' for the object as a whole. */
  readonly path: string;
  /** A part of the message that a user needs. */
  readonly says: string;
}

export const seamTypes = ['clusters', 'endpoints', 'listeners', 'routes'] as const;
export type SeamType = (typeof seamTypes)[number];

/** `clusters.yaml` and its like: what resources of one type must contain, in proto3 JSON. */
export interface Seam {
  readonly type: SeamType;
  /** Why these fields are what matters. */
  readonly reason: string;
  readonly resources: readonly NamedResource[];
  /** Names that must not occur. */
  readonly absent: readonly string[];
}

export interface NamedResource {
  readonly name: string;
  readonly [field: string]: unknown;
}
