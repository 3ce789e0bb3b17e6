import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import {
  compareDumps,
  listFolder,
  parseConfigDump,
  renderDomains,
  runIstioctl,
  type Io,
  type MeshAccess,
} from '@istio-ts/istioctl';
import { parse } from 'yaml';
import { readCases } from '../read-cases.js';
import { agree, compare, type CaseOutcome, type Suite } from '../suite.js';

/** A case as it stands in `cases.json`, as far as it is read here. */
interface CommandCase {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[] | null;
  readonly inputs: readonly string[];
  readonly proxyResponses: Readonly<Record<string, string>>;
  readonly namespace: string | null;
  readonly expectedStdout: string | null;
  readonly expectedContains: readonly string[];
  readonly expectedRegex: { readonly pattern: string; readonly flags: string } | null;
  readonly expectedJson: unknown;
  readonly fails: boolean;
  readonly compare: 'text' | 'json' | 'yaml';
  readonly istiodDump?: string;
  readonly proxyDump?: string;
}

/** Output of a command, standard output and standard error together, and whether it failed. */
interface Outcome {
  readonly text: string;
  readonly failed: boolean;
}

const commands: ReadonlySet<string> = new Set(['analyze', 'proxy-config', 'proxy-status', 'validate']);

export const istioctl: Suite = {
  name: 'istioctl',
  load: (dir) =>
    (readCases(join(dir, 'cases.json')) as readonly CommandCase[]).map((given) => ({
      name: given.name,
      run: () => runCase(given, dir),
    })),
};

async function runCase(given: CommandCase, dir: string): Promise<CaseOutcome> {
  const [command = ''] = given.command.split(' ');
  if (!commands.has(command)) return { kind: 'unsupported', needs: `istioctl ${command}` };
  if (given.name.startsWith('proxy-config/route-domains/')) return runDomains(given);
  return judge(given, dir, await runCommand(given, dir));
}

function runDomains({ expectedJson }: CommandCase): CaseOutcome {
  const { domains, shown } = expectedJson as { readonly domains: readonly string[]; readonly shown: string };
  return compare(shown, renderDomains(domains));
}

async function runCommand(given: CommandCase, dir: string): Promise<Outcome> {
  const { istiodDump, proxyDump } = given;
  if (istiodDump !== undefined && proxyDump !== undefined) {
    const [istiod, proxy] = [istiodDump, proxyDump].map((path) => readText(dir, path));
    return {
      text: compareDumps(parseConfigDump(istiod ?? '', 'istiod'), parseConfigDump(proxy ?? '', 'proxy')),
      failed: false,
    };
  }
  const written: string[] = [];
  const io: Io = {
    writeOut: (text) => void written.push(text),
    writeError: (text) => void written.push(text),
    readStdin: () => Promise.resolve(''),
    readFile: (path) => readFile(join(dir, path), 'utf8'),
    listFolder: (path) => listFolder(join(dir, path)),
    colors: false,
    now: () => new Date(),
    openMesh: () => new CaseMesh(given, dir),
  };
  const namespace = given.namespace === null ? [] : ['--namespace', given.namespace];
  const status = await runIstioctl([...namespace, ...given.command.split(' '), ...(given.args ?? [])], io);
  return { text: written.join(''), failed: status !== 0 };
}

/** The cluster of a case: pods that answer every request with one file, and the istiods of the input. */
class CaseMesh implements MeshAccess {
  constructor(
    private readonly given: CommandCase,
    private readonly dir: string,
  ) {}

  pods(): ReturnType<MeshAccess['pods']> {
    const namespace = this.given.namespace ?? 'default';
    return Promise.resolve(
      Object.keys(this.given.proxyResponses).map((name) => ({ name, namespace, labels: {}, ready: true })),
    );
  }

  objects(): Promise<readonly unknown[]> {
    return Promise.reject(new MeshError(MeshErrorCode.Unavailable, 'this case has no objects'));
  }

  askProxy({ name }: { readonly name: string }): Promise<string> {
    return Promise.resolve(readText(this.dir, this.given.proxyResponses[name] ?? ''));
  }

  listeningSockets(): ReturnType<MeshAccess['listeningSockets']> {
    return Promise.resolve([]);
  }

  askIstiods(path: string): ReturnType<MeshAccess['askIstiods']> {
    const [input] = this.given.inputs;
    if (path !== '/debug/syncz' || input === undefined)
      return Promise.reject(
        new MeshError(MeshErrorCode.Protocol, `the istiods of this case do not answer ${path}`),
      );
    const answers = JSON.parse(readText(this.dir, input)) as Readonly<Record<string, unknown>>;
    return Promise.resolve(
      Object.entries(answers).map(([istiod, answer]) => ({ istiod, text: JSON.stringify(answer) })),
    );
  }
}

function judge(given: CommandCase, dir: string, { text, failed }: Outcome): CaseOutcome {
  if (failed !== given.fails)
    return { kind: 'differ', want: given.fails ? 'a failure' : 'success', got: text };
  const missing = given.expectedContains.filter((part) => !text.includes(part));
  if (missing.length > 0) return { kind: 'differ', want: missing, got: text };
  const { expectedRegex } = given;
  if (expectedRegex !== null && !new RegExp(expectedRegex.pattern, expectedRegex.flags).test(text))
    return { kind: 'differ', want: expectedRegex.pattern, got: text };
  if (given.command === 'validate' && given.expectedJson !== null) return judgeWarning(given, text);
  if (given.expectedStdout === null) return agree;
  return compareAs(given.compare, readText(dir, given.expectedStdout), text);
}

/** Whether an object is accepted with a warning is not in the exit status. */
function judgeWarning({ expectedJson }: CommandCase, text: string): CaseOutcome {
  const { warning } = expectedJson as { readonly warning: boolean };
  const warns = text.includes(' has warnings');
  return warning === warns ? agree : { kind: 'differ', want: { warning }, got: text };
}

function compareAs(form: CommandCase['compare'], want: string, got: string): CaseOutcome {
  switch (form) {
    case 'json':
      return compare(JSON.parse(want), JSON.parse(got));
    case 'yaml':
      return compare(parse(want), parse(got));
    case 'text':
      return compare(want.trim(), got.trim());
  }
}

function readText(dir: string, path: string): string {
  return readFileSync(join(dir, path), 'utf8');
}
