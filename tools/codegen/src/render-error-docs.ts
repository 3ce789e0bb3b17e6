import { IssueCode, issueCodeTexts, type CodeText } from '@istio-ts/config-model';
import { listMessages } from '@istio-ts/config-analysis';
import { MeshErrorCode } from '@istio-ts/foundation';
import { meshErrorTexts } from './mesh-error-texts.js';

const head = `# Errors

<!-- Written by \`npx nx run codegen:errors\` from the tables of codes; change those. -->

What can be wrong is told in two ways. An **issue** is about configuration: it has a code, a severity, the object, the path within it, and
the place in the file. A **failure** is about the world: network, disk, Envoy.
`;

/** The page \`docs/errors.md\`: every code with cause, example and cure. */
export function renderErrorDocs(): string {
  return [
    head,
    '## Issues of single objects\n',
    ...Object.values(IssueCode).map((code) => renderCode(code, issueCodeTexts[code])),
    '## Messages of analysis\n',
    renderMessages(),
    '## Failures\n',
    ...Object.values(MeshErrorCode).map((code) => renderCode(code, meshErrorTexts[code])),
  ].join('\n');
}

function renderCode(code: string, { cause, example, cure }: CodeText): string {
  return `### ${code}\n\n${cause}\n\n- Example: ${example}\n- Cure: ${cure}\n`;
}

/** Names, codes and severities are Istio's. */
function renderMessages(): string {
  const rows = listMessages().map(
    ({ code, name, severity, meaning }) => `- ${code} \`${name}\` (${severity}): ${meaning}`,
  );
  return `${rows.join('\n')}\n`;
}
