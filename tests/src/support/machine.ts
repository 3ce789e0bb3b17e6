import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './local-mesh.js';

/** What localmesh finds out about a machine before it starts. */
interface MachineReport {
  readonly workable: readonly string[];
  readonly capabilities: readonly { readonly name: string; readonly found: boolean; readonly note: string }[];
}

const script = join(repository, 'tools/localmesh/src/platform/inspect-machine.mjs');
const { inspectMachine } = (await import(pathToFileURL(script).href)) as {
  readonly inspectMachine: (machine: { readonly isRoot: boolean }) => Promise<MachineReport>;
};
const { workable, capabilities } = await inspectMachine({ isRoot: process.getuid?.() === 0 });

/** Why this machine cannot capture a pod's traffic, which the scenarios need; undefined where it can. */
export const captureProblem: string | undefined = workable.some((mode) => mode !== 'loopback')
  ? undefined
  : capabilities
      .filter(({ found }) => !found)
      .map(({ name, note }) => `${name}: ${note}`)
      .join('; ');

/** What the title of a suite ends with, so that one that does not run says why. */
export const captureNote =
  captureProblem === undefined ? '' : ` (NOT RUN, no capture here: ${captureProblem})`;
