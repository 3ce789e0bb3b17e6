import { IssueCode } from '@istio-ts/config-model';
import { renderExcerpt, renderPosition, type Issue } from '@istio-ts/foundation';
import type { JsonValue } from '@istio-ts/xds-types';
import type { Io } from '../../io.js';
import { excerptStyle, paint } from '../../writers/colors.js';
import { renderYaml } from '../../writers/yaml.js';
import { renderLevel, renderOrigin } from './select-issues.js';

/** Where Istio explains its codes. */
export const documentation = 'https://istio.io/v1.13/docs/reference/config/analysis';

/** Who sends people there. */
const source = '?ref=istioctl-analyze';

/** Codes of what is wrong with an object by itself. */
const ownCodes: readonly string[] = [IssueCode.Schema, IssueCode.SchemaWarning];

/** `Error [IST0101] (VirtualService catalog.istioinaction catalog.yaml:9:27) …` */
export function renderLine(issue: Issue, colors = false): string {
  const { resource, position, code, severity, message } = issue;
  const words = [resource && renderOrigin(resource), position && renderPosition(position)].filter(
    (word) => word !== undefined,
  );
  const place = words.length === 0 ? '' : ` (${words.join(' ')})`;
  return `${paint(renderLevel(issue), severity, colors)} [${code}]${place} ${fieldOf(issue)}${message}`;
}

/** Of a field that is wrong by itself it is said what it is ("is required"); other messages name what they are about. */
function fieldOf({ code, path = '' }: Issue): string {
  return path !== '' && ownCodes.includes(code) ? `${path}: ` : '';
}

interface Log {
  readonly colors: boolean;
  /** The texts that issues may point into, by their names. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Prints issues for people, or for programs. */
export function printIssues(
  issues: readonly Issue[],
  { io, output, ...log }: Log & { readonly io: Io; readonly output: 'log' | 'json' | 'yaml' },
): void {
  switch (output) {
    case 'json':
      io.writeOut(`${JSON.stringify(issues.map(toJson), undefined, '\t')}\n`);
      break;
    case 'yaml':
      io.writeOut(renderYaml(issues.map(toJson)));
      break;
    case 'log':
      io.writeOut(renderLog(issues, log));
  }
}

/** One line an issue, with the place in the text below it. */
export function renderLog(issues: readonly Issue[], { colors, texts }: Log): string {
  return issues
    .map((issue) => {
      const { position, severity } = issue;
      const text = position === undefined ? undefined : texts.get(position.file);
      const excerpt =
        position === undefined || text === undefined
          ? ''
          : renderExcerpt(text, position, excerptStyle(severity, colors));
      return `${renderLine(issue, colors)}\n${excerpt}`;
    })
    .join('');
}

/** The issue as programs read it; `documentationUrl` is there for codes of Istio's. */
export function toJson(issue: Issue): JsonValue {
  const { code, resource, position, message } = issue;
  return {
    code,
    ...(code.startsWith('IST') && { documentationUrl: `${documentation}/${code.toLowerCase()}/${source}` }),
    level: renderLevel(issue),
    message,
    ...(resource && { origin: renderOrigin(resource) }),
    ...(position && { reference: renderPosition(position) }),
  };
}
