import { IssueCode, issueCodeTexts, type CodeText } from '@istio-ts/config-model';
import { listMessages, messageTexts } from '@istio-ts/config-analysis';
import { MeshErrorCode } from '@istio-ts/foundation';
import { meshIssueCodeTexts } from '@istio-ts/mesh-model';
import { meshErrorTexts } from './mesh-error-texts.js';
import { readProgramTexts } from './program-codes.mjs';

const head = `# Errors

<!-- Written by \`npx nx run codegen:errors\` from the tables of codes; change those. -->

What can be wrong is told in two ways. An **issue** is about configuration: it has a code, a severity, the object, the path within it, and
the place in the file. A **failure** is about the world: network, disk, Envoy.

Codes that begin with IST, their names and severities are Istio's; the words are ours.
`;

/** The page \`docs/errors.md\`: every code once, with cause, example and cure. */
export async function renderErrorDocs(): Promise<string> {
  return [
    head,
    '## Issues of single objects\n',
    ...Object.values(IssueCode)
      .filter((code) => !code.startsWith('IST'))
      .map((code) => renderCode(code, issueCodeTexts[code])),
    '## Issues of objects together\n',
    ...renderTable(meshIssueCodeTexts),
    ...(await readProgramTexts()).flatMap(({ program, texts }) => [
      `## Issues of ${program}\n`,
      ...renderTable(texts),
    ]),
    '## Codes of Istio\n',
    ...renderMessages(),
    '## Failures\n',
    ...Object.values(MeshErrorCode).map((code) => renderCode(code, meshErrorTexts[code])),
  ].join('\n');
}

function renderTable(texts: Readonly<Record<string, CodeText>>): string[] {
  return Object.entries(texts).map(([code, text]) => renderCode(code, text));
}

function renderCode(code: string, { cause, example, cure }: CodeText): string {
  return `### ${code}\n\n${cause}\n\n- Example: ${example}\n- Cure: ${cure}\n`;
}

/** The codes that `istioctl analyze` has, some of which istiod raises too. */
function renderMessages(): string[] {
  return listMessages().map(({ code, name, severity, meaning }) => {
    const cause = `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`;
    return renderCode(`${code} ${name} (${severity})`, { cause, ...messageTexts[name] });
  });
}
