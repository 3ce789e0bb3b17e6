import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { isRecord, listAt } from '../store/json-record.js';
import type { ControlClient } from './control-client.js';

/** What a command wrote and whether it succeeded. */
export interface CommandResult {
  readonly output: readonly string[];
  /** Remarks, for standard error; they are no failure. */
  readonly notes: readonly string[];
  readonly errors: readonly string[];
}

/** `apply -f …`: every file for itself. */
export async function apply(
  client: ControlClient,
  files: readonly string[],
  namespace: string,
): Promise<CommandResult> {
  return eachManifest(files, (text, file) =>
    client.call('/manifest', { method: 'PUT', query: { file, namespace }, body: text }),
  );
}

export async function deleteFiles(
  client: ControlClient,
  files: readonly string[],
  namespace: string,
): Promise<CommandResult> {
  return eachManifest(files, (text, file) =>
    client.call('/delete-manifest', { method: 'POST', query: { file, namespace }, body: text }),
  );
}

/** `delete KIND NAME…`, `delete KIND/NAME`, `delete KIND[,KIND] --all`. */
export async function deleteObjects(
  client: ControlClient,
  targets: readonly string[],
  { namespace, all }: { readonly namespace: string; readonly all: boolean },
): Promise<CommandResult> {
  const selections = readTargets(targets, all);
  const reports = await Promise.all(
    selections.map((selection) =>
      client.call('/objects', { method: 'DELETE', query: { ...selection, namespace } }),
    ),
  );
  const result = joinReports(reports);
  return result.output.length + result.errors.length > 0
    ? result
    : { ...result, output: ['No resources found'] };
}

export async function createNamespace(client: ControlClient, name: string): Promise<CommandResult> {
  return joinReports([await client.call('/namespaces', { method: 'POST', query: { name } })]);
}

/** `deploy COMPONENT`: what was built last replaces what runs. */
export async function deploy(client: ControlClient, component: string): Promise<CommandResult> {
  return joinReports([await client.call('/deploy', { method: 'POST', query: { name: component } })]);
}

/** `label KIND NAME key=value key-`. */
export async function label(
  client: ControlClient,
  words: readonly string[],
  namespace: string,
): Promise<CommandResult> {
  const isChange = (word: string) => /=|-$/.test(word) && !word.includes('/');
  const targets = words.filter((word) => !isChange(word));
  const change = words.filter(isChange);
  const [selection] = readTargets(targets, false);
  return joinReports([
    await client.call('/labels', { method: 'POST', query: { ...selection, namespace, change } }),
  ]);
}

/** `scale deployment NAME --replicas N`, also `deploy/NAME`. */
export async function scale(
  client: ControlClient,
  targets: readonly string[],
  { namespace, replicas }: { readonly namespace: string; readonly replicas: string },
): Promise<CommandResult> {
  if (!/^\d+$/.test(replicas))
    throw new MeshError(MeshErrorCode.Usage, `--replicas must be a number, not "${replicas}"`);
  const selections = readTargets(targets, false);
  const calls = selections.map(({ name }) =>
    client.call('/scale', { method: 'POST', query: { name, namespace, replicas } }),
  );
  return joinReports(await Promise.all(calls));
}

interface Target {
  readonly kinds: string;
  readonly name?: string;
}

/** `virtualservice catalog`, `vs/catalog`, `gateway,virtualservice` with `--all`. */
function readTargets(words: readonly string[], all: boolean): readonly Target[] {
  const [kinds, ...names] = words;
  if (kinds === undefined)
    throw new MeshError(MeshErrorCode.Usage, 'say what is meant: KIND NAME, KIND/NAME, or KIND --all');
  if (words.every((word) => word.includes('/'))) {
    return words.map((word) => ({ kinds: word.split('/')[0] ?? '', name: word.split('/')[1] ?? '' }));
  }
  if (names.length > 0) return names.map((name) => ({ kinds, name }));
  if (all) return [{ kinds }];
  throw new MeshError(MeshErrorCode.Usage, `name the ${kinds} that is meant, or say --all`);
}

async function eachManifest(
  files: readonly string[],
  send: (text: string, file: string) => Promise<unknown>,
): Promise<CommandResult> {
  const reports: unknown[] = [];
  for (const file of await expandFolders(files)) reports.push(await send(await readManifest(file), file));
  return joinReports(reports);
}

async function expandFolders(files: readonly string[]): Promise<readonly string[]> {
  const expanded = await Promise.all(
    files.map(async (file) => {
      const isFolder = file !== '-' && (await stat(file).catch(() => undefined))?.isDirectory() === true;
      if (!isFolder) return [file];
      const names = (await readdir(file)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
      return names.map((name) => join(file, name));
    }),
  );
  return expanded.flat();
}

async function readManifest(file: string): Promise<string> {
  if (file !== '-')
    return readFile(file, 'utf8').catch((cause: unknown) =>
      Promise.reject(MeshError.from(cause, `cannot read ${file}`)),
    );
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

function joinReports(reports: readonly unknown[]): CommandResult {
  const texts = (field: string) =>
    reports
      .filter(isRecord)
      .flatMap((report) => listAt(report, field).filter((line): line is string => typeof line === 'string'));
  return { output: texts('lines'), notes: texts('notes'), errors: texts('refused') };
}
