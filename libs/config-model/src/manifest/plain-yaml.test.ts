import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '@istio-ts/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseFullYaml } from './parse-yaml.js';
import { parsePlainYaml } from './plain-yaml.js';
import { splitDocuments } from './split-documents.js';

/** Where the fast parser has an answer, the full one has the same. */
function expectAgreement(text: string): void {
  const plain = parsePlainYaml(text);
  if (plain === undefined) return;
  const full = parseFullYaml(text);
  if (!('documents' in full)) throw new Error(`refused: ${JSON.stringify(full.problems)}\n${text}`);
  expect(full.documents.map(({ value }) => value)).toEqual([plain.value]);
  expect(plain.offset, text).toBe(full.documents[0]?.offsetOf([]));
}

const scalar = fc.constantFrom(
  ...['1', '01', '0o7', '0x1f', '1.5', '.5', '1e3', '-1', '+1', '.inf', '.nan', 'true', 'True', 'yes', 'no'],
  ...[
    'null',
    '~',
    'Null',
    '2001-01-01',
    '12:30',
    '1:2',
    'a b',
    'a: b',
    'a #b',
    '"q"',
    "'q'",
    '"\\n"',
    '*',
    '"*"',
  ],
  ...[
    '*.com',
    '&a',
    '!t',
    'fd00::',
    '::1',
    '1_000',
    '0.0.0.0/0',
    '%x',
    '@a',
    '`a',
    '{}',
    '[]',
    '[a, b]',
    '{a: 1}',
  ],
  ...[
    '|\n    text\n    more\n',
    '>-\n    folded\n    text\n\n    para\n',
    '',
    '-',
    '--- x',
    '- a',
    '?',
    '? a',
    ':',
    '<<',
  ],
);
const key = fc.constantFrom(
  'a',
  'b',
  '8080',
  '"q"',
  'x-y',
  '1.5',
  '01',
  'null',
  '~',
  'true',
  '<<',
  '? k',
  '__proto__',
);
const lines = fc.array(
  fc.tuple(fc.constantFrom('', '  ', '    ', '- ', '  - '), key, fc.constantFrom(': ', ':', ' : '), scalar),
  { minLength: 1, maxLength: 6 },
);

describe('the fast parser for plain YAML', () => {
  it('agrees with the full one on whatever it accepts', () => {
    fc.assert(
      fc.property(lines, (parts) => {
        expectAgreement(parts.map((part) => `${part.join('')}\n`).join(''));
      }),
      { numRuns: 1_000 },
    );
  });

  it('agrees on values that were written by a YAML library', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(20, 80), (value, lineWidth) => {
        expectAgreement(stringify(value, { lineWidth }));
      }),
      { numRuns: 200 },
    );
  });

  it.runIf(sharedDir)('agrees on every manifest of the conformance cases, and reads most of them', () => {
    const folder = join(sharedDir ?? '', 'conformance');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.yaml'),
    );
    const documents = files
      .filter((file) => !file.endsWith('crd-all.gen.yaml'))
      .flatMap((file) => splitDocuments(readFileSync(join(folder, file), 'utf8')));
    for (const { text } of documents) expectAgreement(text);
    const read = documents.filter(({ text }) => parsePlainYaml(text) !== undefined);
    expect(read.length / documents.length).toBeGreaterThan(0.8);
  });
});
