import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import { parseResource } from './parse-resource.js';

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly spec: unknown;
  readonly expect: 'valid' | 'warning' | 'invalid';
}

/** Cases that we judge otherwise on purpose. */
const differences: Readonly<Record<string, string>> = {
  'TestValidateRouteDestination/total weight < 100': 'weights that do not total 100 give a warning',
  'TestValidateDelegateHTTPRoute/total weight > 100': 'weights that do not total 100 give a warning',
  'TestValidateDelegateHTTPRoute/total weight < 100': 'weights that do not total 100 give a warning',
  'TestValidateServer/bind unix path': 'the schema of the CRD requires a port number',
};

function readCases(kind: string): readonly Case[] {
  const path = join(sharedDir ?? '', 'conformance/config-validation', `${kind}.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Case[] }).cases;
}

interface Repeat {
  readonly $repeat: string;
  readonly count: number;
  readonly suffix?: string;
}

function expand(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== 'object' || value === null) return value;
  if ('$repeat' in value) {
    const { $repeat, count, suffix = '' } = value as Repeat;
    return $repeat.repeat(count) + suffix;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expand(each)]));
}

function judge({ kind, apiVersion, metadata, spec }: Case): {
  readonly outcome: string;
  readonly messages: readonly string[];
} {
  const object = {
    kind,
    apiVersion,
    metadata: { name: 'test', namespace: 'default', ...metadata },
    spec: expand(spec),
  };
  const result = parseResource(object, { source: 'test', cluster: 'test' });
  const issues = result.ok ? result.issues : result.error;
  const outcome = !result.ok ? 'invalid' : issues.length > 0 ? 'warning' : 'valid';
  return { outcome, messages: issues.map(({ path = '', message }) => `${path}: ${message}`) };
}

describe.runIf(sharedDir)('the suite config-validation', () => {
  const kinds = [
    'VirtualService',
    'DestinationRule',
    'Gateway',
    'ServiceEntry',
    'WorkloadEntry',
    'PeerAuthentication',
  ];
  it.each(kinds)('agrees on every case of %s but those with a reason', (kind) => {
    const differing = readCases(kind)
      .map((entry) => ({ name: entry.name, want: entry.expect, ...judge(entry) }))
      .filter(({ want, outcome }) => want !== outcome);
    expect(differing.filter(({ name }) => !(name in differences))).toEqual([]);
  });
});
