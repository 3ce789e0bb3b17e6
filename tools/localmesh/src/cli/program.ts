import { Command } from 'commander';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { isMode, modes } from '../platform/mode.js';
import {
  apply,
  createNamespace,
  deleteFiles,
  deleteObjects,
  deploy,
  label,
  scale,
  type CommandResult,
} from './change-commands.js';
import { ControlClient } from './control-client.js';
import { components } from '../deploy/component.js';
import { exec } from './exec.js';
import { get } from './get.js';
import { logs } from './logs.js';
import { portForward } from './port-forward.js';
import { ps } from './ps.js';
import { up } from './up.js';

const program = fileURLToPath(import.meta.url);
const repository = resolve(dirname(program), '../../..');

interface Common {
  readonly dataDir: string;
  readonly namespace: string;
}

/** The command line. Commands set `process.exitCode`; what is thrown is shown by the caller. */
export function createProgram(signal: AbortSignal): Command {
  const root = new Command('localmesh').description(
    'Runs a service mesh on this machine, and talks to it as kubectl does to a cluster.',
  );
  addUp(root, signal);
  addReading(root);
  addChanging(root);
  addDeploy(root);
  addPodCommands(root, signal);
  return root;
}

function addUp(root: Command, signal: AbortSignal): void {
  root
    .command('up')
    .description('start a mesh from a folder of manifests, and stay until Ctrl-C')
    .argument('[folder]', 'folder of manifests', resolve(repository, 'samples/coolstore'))
    .option('--data-dir <folder>', 'where the mesh keeps its data', defaultData())
    .option('--mode <mode>', `how pods are run: ${modes.join(', ')}`)
    .option('--port <port>', 'port of localhost that reaches the gateway for HTTP (8080, or a free one)')
    .option('--https-port <port>', 'the same for HTTPS (8443, or a free one)')
    .option('--image-map <file>', 'YAML file: image name to command line')
    .option('--token-lifetime <seconds>', 'how long service-account tokens are good', '3600')
    .option('--istiods <number>', 'how many control planes share the proxies', '1')
    .option('--plain', 'run the applications only, without control plane and proxies', false)
    .option('--no-table', 'do not show what the machine allows')
    .action(async (folder: string, options: Readonly<Record<string, string | boolean | undefined>>) => {
      process.exitCode = await up(
        {
          folder,
          data: resolve(String(options['dataDir'])),
          repository,
          program,
          mode: modeOption(options['mode']),
          ports: { 80: portOption(options['port']), 443: portOption(options['httpsPort']) },
          imageMap: typeof options['imageMap'] === 'string' ? options['imageMap'] : undefined,
          tokenLifetimeSeconds: Number(options['tokenLifetime']),
          istiods: istiodsOption(options['istiods']),
          plain: options['plain'] === true,
          table: options['table'] === true,
        },
        signal,
      );
    });
}

function addReading(root: Command): void {
  common(root.command('get'))
    .description('show objects')
    .argument('<kinds>', 'kind, or kinds with commas')
    .argument('[name]')
    .option('-A, --all-namespaces', 'of all namespaces', false)
    .option('-o, --output <format>', 'yaml, json, name, wide, jsonpath={.a.b}')
    .option('--show-labels', 'with labels', false)
    .action(
      async (
        kinds: string,
        name: string | undefined,
        options: Common & { allNamespaces: boolean; output?: string; showLabels: boolean },
      ) => {
        print(await get(clientOf(options), kinds, name, { ...options, output: options.output }));
      },
    );
  common(root.command('ps'))
    .description('show the pods, and what is wrong with the configuration in force')
    .action(async (options: Common) => print(await ps(clientOf(options))));
}

function addChanging(root: Command): void {
  common(root.command('apply'))
    .description('validate and store objects')
    .requiredOption('-f, --filename <file...>', 'file, folder, or - for standard input')
    .action(async (options: Common & { filename: string[] }) =>
      finish(await apply(clientOf(options), options.filename, options.namespace)),
    );
  common(root.command('delete'))
    .description('remove objects')
    .argument('[what...]', 'KIND NAME, KIND/NAME, or KIND[,KIND] with --all')
    .option('-f, --filename <file...>', 'what these manifests describe')
    .option('--all', 'all of the kind in the namespace', false)
    .option('--ignore-not-found', 'what is not there is no error', false)
    .action(
      async (
        what: string[],
        options: Common & { filename?: string[]; all: boolean; ignoreNotFound: boolean },
      ) => {
        const client = clientOf(options);
        const result = options.filename
          ? await deleteFiles(client, options.filename, options.namespace)
          : await deleteObjects(client, what, options);
        const absent = (line: string) => options.ignoreNotFound && line.endsWith('is not there');
        finish({ ...result, errors: result.errors.filter((line) => !absent(line)) });
      },
    );
  const create = root.command('create').description('create an object');
  common(create.command('namespace').alias('ns'))
    .argument('<name>')
    .action(async (name: string, options: Common) => finish(await createNamespace(clientOf(options), name)));
  common(root.command('label'))
    .description('set labels (key=value) or take them away (key-)')
    .argument('<words...>', 'KIND NAME key=value …')
    .option('--overwrite', 'accepted; labels are always overwritten', false)
    .action(async (words: string[], options: Common) =>
      finish(await label(clientOf(options), words, options.namespace)),
    );
  common(root.command('scale'))
    .description('set the number of pods of a deployment')
    .argument('<what...>', 'deployment NAME, or deploy/NAME')
    .requiredOption('--replicas <number>')
    .action(async (what: string[], options: Common & { replicas: string }) =>
      finish(await scale(clientOf(options), what, options)),
    );
}

function addDeploy(root: Command): void {
  common(root.command('deploy'))
    .description('put what was built last into the running mesh, without losing a call')
    .argument('<component>', components.join(', '))
    .action(async (component: string, options: Common) => finish(await deploy(clientOf(options), component)));
}

function addPodCommands(root: Command, signal: AbortSignal): void {
  common(root.command('exec'))
    .description('run a command in a pod')
    .argument('<pod>', 'POD or deploy/NAME')
    .argument('<command...>')
    .option('-c, --container <name>')
    .option('-i, --stdin', 'pass standard input on', false)
    .option('-t, --tty', 'accepted; there is no terminal', false)
    .action(
      async (pod: string, command: string[], options: Common & { container?: string; stdin: boolean }) => {
        const { namespace, stdin, container } = options;
        process.exitCode = await exec(clientOf(options), { pod, namespace, stdin, container, command });
      },
    );
  common(root.command('logs'))
    .description('show what a container wrote')
    .argument('<pod>', 'POD or deploy/NAME')
    .argument('[container]')
    .option('-c, --container <name>')
    .option('-f, --follow', 'go on until Ctrl-C', false)
    .option('--tail <lines>', 'the last lines only')
    .action(
      async (
        pod: string,
        container: string | undefined,
        options: Common & { container?: string; follow: boolean; tail?: string },
      ) => {
        const tail = options.tail === undefined ? undefined : Number(options.tail);
        await logs(
          clientOf(options),
          {
            pod,
            namespace: options.namespace,
            container: options.container ?? container,
            follow: options.follow,
            tail,
          },
          signal,
        );
      },
    );
  common(root.command('port-forward'))
    .description('open ports of a pod on this machine')
    .argument('<pod>', 'POD or deploy/NAME')
    .argument('<ports...>', 'LOCAL:REMOTE, :REMOTE or PORT')
    .action(async (pod: string, ports: string[], options: Common) => {
      for (const line of await portForward(
        clientOf(options),
        { pod, namespace: options.namespace, ports },
        signal,
      ))
        print(line);
    });
}

function common(command: Command): Command {
  return command
    .option('-n, --namespace <name>', 'namespace', 'default')
    .option('--data-dir <folder>', 'data folder of the mesh', defaultData());
}

function defaultData(): string {
  return process.env['LOCALMESH_DATA'] ?? resolve(repository, '.istio-ts/mesh');
}

function clientOf({ dataDir }: Common): ControlClient {
  return new ControlClient(resolve(dataDir));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function finish({ output, notes, errors }: CommandResult): void {
  for (const line of output) print(line);
  for (const line of [...notes, ...errors]) process.stderr.write(`${line}\n`);
  if (errors.length > 0) process.exitCode = 1;
}

function istiodsOption(text: string | boolean | undefined): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 9) return number;
  throw new MeshError(MeshErrorCode.Usage, `--istiods is "${String(text)}": expected a number from 1 to 9`);
}

function modeOption(text: string | boolean | undefined): (typeof modes)[number] | undefined {
  if (typeof text !== 'string') return undefined;
  if (isMode(text)) return text;
  throw new MeshError(MeshErrorCode.Usage, `there is no mode "${text}": ${modes.join(', ')}`);
}

function portOption(text: string | boolean | undefined): number | undefined {
  if (typeof text !== 'string') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new MeshError(MeshErrorCode.Usage, `"${text}" is no port`);
}
