import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { excerptOf, locateIssue } from './excerpt.js';
import { renderIssueWithExcerpt } from './change-line.js';

const folder = mkdtempSync(join(tmpdir(), 'excerpt-'));
const file = join(folder, 'shop.yaml');
const text = `kind: Service
metadata: { name: one }
---
kind: VirtualService
spec:
  http:
    - route:
        - destination: { host: nobody }
`;
writeFileSync(file, text);
afterAll(() => rmSync(folder, { recursive: true }));

const issue = {
  code: 'IST0101',
  severity: 'error',
  message: 'no such host',
  path: 'spec.http[0].route[0].destination.host',
  position: { file, line: 4, column: 1 },
};

describe('the place of a mistake', () => {
  it('is shown with the lines before it and a mark below', () => {
    expect(excerptOf({ file, line: 5, column: 3 })).toEqual([
      '    3 | ---',
      '    4 | kind: VirtualService',
      '  > 5 | spec:',
      '      |   ^',
    ]);
  });

  it('is found by the path in the document that is meant, or the nearest that is written', () => {
    expect(locateIssue(issue)).toMatchObject({ position: { line: 8, column: 32 } });
    const absent = { ...issue, path: 'spec.http[0].route[0].destination.subset' };
    expect(locateIssue(absent)).toMatchObject({ position: { line: 8, column: 11 } });
  });

  it('stays as it was where it is known to the field already', () => {
    const placed = { ...issue, path: 'spec.htpp', position: { file, line: 6, column: 3 } };
    expect(locateIssue(placed)).toEqual(placed);
  });

  it('stands in the line of the issue', () => {
    expect(renderIssueWithExcerpt(issue)).toEqual([
      `  error IST0101 ${issue.path} (${file}:8:32): no such host`,
      '    6 |   http:',
      '    7 |     - route:',
      '  > 8 |         - destination: { host: nobody }',
      `      | ${' '.repeat(31)}^`,
    ]);
  });

  it('stays as it was where the file is gone', () => {
    const gone = { ...issue, position: { file: join(folder, 'gone.yaml'), line: 1, column: 1 } };
    expect(locateIssue(gone)).toEqual(gone);
    expect(renderIssueWithExcerpt(gone)).toHaveLength(1);
  });
});
