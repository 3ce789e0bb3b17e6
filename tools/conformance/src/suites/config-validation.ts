import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  defaultMeshConfig,
  mergeMeshConfig,
  parseMeshNetworks,
  parseResource,
  IssueCode,
} from '@istio-ts/config-model';
import { apiServerRules } from '@istio-ts/config-model/crd';
import type { Result } from '@istio-ts/foundation';
import { checkJson } from '@istio-ts/xds-types/json';
import { readCases } from '../read-cases.js';
import { compare, type CaseOutcome, type Suite } from '../suite.js';

interface ValidationCase {
  readonly name: string;
  readonly kind: string;
  readonly apiVersion?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly spec: unknown;
  readonly expect: 'valid' | 'warning' | 'invalid';
}

/** Which resources the control plane accepts; every file holds whole resources of one kind. */
export const configValidation: Suite = {
  name: 'config-validation',
  load: (dir) =>
    readdirSync(dir)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .flatMap((file) => readCases(join(dir, file)) as readonly ValidationCase[])
      .map((given) => ({
        name: `${given.kind}/${given.name}`,
        run: () => compareVerdict(given, judge({ ...given, spec: expand(given.spec) })),
      })),
};

interface Verdict {
  readonly expect: string;
  readonly messages: readonly string[];
}

function compareVerdict({ expect }: ValidationCase, got: Verdict): CaseOutcome {
  return expect === got.expect ? { kind: 'agree' } : compare({ expect }, got);
}

function judge(given: ValidationCase): Verdict {
  const text = (): string => JSON.stringify(given.spec);
  if (given.kind === 'MeshConfig') return verdictOf(mergeMeshConfig(defaultMeshConfig, text()));
  if (given.kind === 'MeshNetworks') return verdictOf(parseMeshNetworks(text()));
  const { kind, apiVersion, metadata, spec } = given;
  const object = { apiVersion, kind, metadata: { name: 'test', namespace: 'default', ...metadata }, spec };
  const context = {
    source: 'conformance',
    cluster: 'Kubernetes',
    apiServer: { ...apiServerRules, check: () => undefined },
    checkEnvoyValue: checkJson,
  };
  return verdictOf(parseResource(object, context));
}

/** That a kind is not carried out yet is another matter than whether an object of it is well formed. */
function verdictOf(result: Result<unknown>): Verdict {
  const issues = result.ok ? result.issues : result.error;
  const judged = issues.filter(({ code }) => code !== IssueCode.KindNotEnforced);
  const messages = judged.map(({ path = '', message }) => `${path}: ${message}`);
  if (!result.ok) return { expect: 'invalid', messages };
  return { expect: judged.length > 0 ? 'warning' : 'valid', messages };
}

interface Repeat {
  readonly $repeat: string;
  readonly count: number;
  readonly suffix?: string;
}

/** Writes out texts that the cases give as `{ $repeat, count }`. */
function expand(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== 'object' || value === null) return value;
  if ('$repeat' in value) {
    const { $repeat, count, suffix = '' } = value as Repeat;
    return $repeat.repeat(count) + suffix;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expand(each)]));
}
