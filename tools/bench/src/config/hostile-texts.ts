/** Texts made to cost time: whatever comes in, reading it is bounded. */
export const hostileTexts: Readonly<Record<string, () => string>> = {
  'a document of 10 MB': () => `a: "${'x'.repeat(10_000_000)}"`,
  'marks without end': () => '- '.repeat(1_000_000),
  'nested lists': () => '['.repeat(100_000),
  'nested mappings': () => Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'aliases that explode': () => aliases(30),
  'many keys': () => Array.from({ length: 40_000 }, (_, index) => `k${index}: v`).join('\n'),
  'the same key': () => 'k: v\n'.repeat(40_000),
  'many documents': () => '---\na: b\n'.repeat(19_000),
  'an open quote': () => `a: "${'x\n'.repeat(500_000)}`,
  'a long line of braces': () => '{a: '.repeat(50_000),
  'wrong fields everywhere': () => wrongFields(4_000),
};

function aliases(levels: number): string {
  const lines = ['a0: &a0 [x, x]'];
  for (let level = 1; level < levels; level += 1) {
    const before = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${before}, ${before}]`);
  }
  return lines.join('\n');
}

/** Every field is one that does not exist, so that a near name is looked for each time. */
function wrongFields(count: number): string {
  const routes = Array.from(
    { length: count },
    (_, index) => `  - { matchh${index}: 1, routee: 2, timeoutt: 3 }`,
  );
  return [
    'apiVersion: networking.istio.io/v1',
    'kind: VirtualService',
    'metadata: { name: x }',
    'spec:',
    '  hosts: [x]',
    '  http:',
    ...routes,
  ].join('\n');
}
