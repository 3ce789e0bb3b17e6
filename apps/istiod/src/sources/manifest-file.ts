import { readFile } from 'node:fs/promises';
import { MeshError, type Issue } from '@istio-ts/foundation';
import {
  IssueCode,
  parseManifests,
  resourceKey,
  type Resource,
  type ManifestOptions,
} from '@istio-ts/config-model';
import type { FileContent } from './manifest-overlay.js';

/** What a file says now, and which objects it said before and does not say any more. */
export interface FileReading extends FileContent {
  readonly lost: readonly Resource[];
  /** The whole text, where the file was read completely. */
  readonly text: string | undefined;
}

/**
 * Reads a file of manifests; undefined where it is not there. Objects of a file that is unreadable, or in which something
 * is broken, stay as they were: an object is lost only to a file that was read completely. `contentBefore` is asked for
 * what the file said before, with the text that it has now.
 */
export async function readManifestFile(
  contentBefore: (text: string | undefined) => Promise<FileContent | undefined>,
  options: ManifestOptions,
): Promise<FileReading | undefined> {
  const text = await readText(options.file);
  if (text === undefined) return undefined;
  if (text instanceof MeshError) {
    const resources = (await contentBefore(undefined))?.resources ?? [];
    return { resources, issues: [unreadable(options.file, text)], lost: [], text: undefined };
  }
  const before = await contentBefore(text);
  const { resources, issues } = parseManifests(text, options);
  const keys = new Set(resources.map(resourceKey));
  const missing = (before?.resources ?? []).filter((resource) => !keys.has(resourceKey(resource)));
  if (!isComplete(issues))
    return { resources: [...resources, ...missing], issues, lost: [], text: undefined };
  return { resources, issues, lost: missing, text };
}

async function readText(path: string): Promise<string | MeshError | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const absent = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    return absent ? undefined : MeshError.from(thrown, `reading ${path}`);
  }
}

function unreadable(file: string, { message }: MeshError): Issue {
  return {
    code: IssueCode.Unreadable,
    severity: 'error',
    message: `${message}; what it said before stays in force`,
    position: { file },
  };
}

/** Codes of errors that do not cost the object: it is accepted. */
const accepting: ReadonlySet<string> = new Set(['KIND_NOT_ENFORCED']);

function isComplete(issues: readonly Issue[]): boolean {
  return issues.every(({ severity, code }) => severity !== 'error' || accepting.has(code));
}
