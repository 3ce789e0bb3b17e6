import { sharedDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import { toCustomResourceDefinition, type CustomResourceDefinition } from './custom-resource-definition.js';
import { customResources } from './custom-resources.js';
import { readReference, undescribed } from './read-reference.test-support.js';

/** What is ours on purpose, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'metadata.labels': 'labels of the chart that installs the reference',
  'metadata.annotations': 'an annotation for the chart that installs the reference',
};

/** One line a fact: its path, and its value. Texts for people, the order of lists, and the spelling of rules are left out. */
function factsOf(value: unknown, path = ''): readonly string[] {
  if (path in exceptions) return [];
  if (Array.isArray(value)) return factsOfList(value, path);
  if (typeof value !== 'object' || value === null) return [`${path} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, each]) => {
    if (key === 'description' && typeof each === 'string') return [];
    if (key === 'x-kubernetes-validations') return [`${path} has rules`];
    return factsOf(each, path === '' ? key : `${path}.${key}`);
  });
}

function factsOfList(values: readonly unknown[], path: string): readonly string[] {
  const named = values.every((each): each is { readonly name: string } => hasName(each));
  if (named) return values.flatMap(({ name, ...rest }) => factsOf(rest, `${path}[${name}]`));
  return [`${path} = ${JSON.stringify([...values].map((each) => JSON.stringify(each)).sort())}`];
}

function hasName(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'name' in value;
}

describe.runIf(sharedDir)('the generated CRDs', () => {
  const reference = readReference();
  const ours = customResources.map((resource) => toCustomResourceDefinition(resource, undescribed));

  it('are those of the reference, no more and no fewer', () => {
    const names = (crds: readonly CustomResourceDefinition[]) =>
      crds.map(({ metadata }) => metadata.name).sort();
    expect(names(ours)).toEqual(names(reference));
  });

  it.each(reference.map(({ metadata }) => metadata.name))(
    'say of %s what the reference says: names, versions, columns, fields, types, bounds, and where rules stand',
    (name) => {
      const find = (crds: readonly CustomResourceDefinition[]) =>
        crds.find(({ metadata }) => metadata.name === name);
      expect([...factsOf(find(ours))].sort()).toEqual([...factsOf(find(reference))].sort());
    },
  );
});
