import { Command as Parser, Option } from 'commander';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { Io } from '../io.js';
import type { Command, CommandGroup, GlobalValues, Node } from './define-command.js';
import type { Flag, FlagTable, FlagValues } from './flags.js';

const globalFlags = {
  namespace: {
    kind: 'text',
    valueName: 'NAMESPACE',
    description: 'namespace of the workload (default "default")',
    short: 'n',
  },
  istioNamespace: {
    kind: 'text',
    valueName: 'NAMESPACE',
    description: 'namespace of istiod (default "istio-system")',
    short: 'i',
  },
  mesh: {
    kind: 'text',
    valueName: 'DIR',
    description:
      'data folder of the local mesh (default: $LOCALMESH_DATA, else .istio-ts/mesh of the repository)',
  },
} as const satisfies FlagTable;

/** In characters, whatever the terminal is: help reads alike everywhere. */
const helpWidth = 100;

/**
 * The parser that a table of commands asks for. It ends nothing: help and mistakes on the command line reject `parseAsync`
 * with a CommanderError after they have been printed, other failures with what was thrown.
 */
export function createProgram(commands: readonly Node[], io: Io): Parser {
  const program = new Parser('istioctl').description(
    'Looks into a running mesh and the configuration of its proxies, and checks manifests.',
  );
  prepare(program, io);
  addFlags(program, globalFlags);
  program.helpCommand('help [command]', 'help for a command');
  for (const node of commands) addNode(program, node, io);
  showHelpWithoutCommand(program);
  return program;
}

function prepare(parser: Parser, io: Io): void {
  parser
    .exitOverride()
    .configureOutput({
      writeOut: io.writeOut,
      writeErr: io.writeError,
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
      outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
    })
    .configureHelp({
      showGlobalOptions: true,
      visibleOptions: ({ options }) => options.filter(({ hidden }) => !hidden),
    })
    .helpOption('-h, --help', 'help for this command');
}

function addNode(parent: Parser, node: Node, io: Io): void {
  const parser = new Parser(node.name);
  prepare(parser, io);
  parser
    .summary(node.summary)
    .description(node.description ?? node.summary)
    .aliases(node.aliases ?? []);
  parser.addHelpText('after', renderMoreHelp(node));
  if (node.kind === 'group') addGroup(parser, node, io);
  else addCommand(parser, node, io);
  parent.addCommand(parser, { hidden: node.hidden ?? false });
}

function addGroup(parser: Parser, group: CommandGroup, io: Io): void {
  for (const node of group.commands) addNode(parser, node, io);
  showHelpWithoutCommand(parser);
}

function showHelpWithoutCommand(parser: Parser): void {
  parser
    .usage('COMMAND [options]')
    .argument('[command]')
    .action((word: string | undefined) => {
      if (word === undefined) {
        parser.outputHelp();
        return;
      }
      throw new MeshError(
        MeshErrorCode.Usage,
        `unknown command "${word}" for "${fullName(parser)}"; "${fullName(parser)} --help" lists what there is`,
      );
    });
}

function fullName(parser: Parser): string {
  return parser.parent === null ? parser.name() : `${fullName(parser.parent)} ${parser.name()}`;
}

function addCommand(parser: Parser, command: Command, io: Io): void {
  for (const { name, description, required, variadic } of command.positionals) {
    const words = variadic === true ? `${name}...` : name;
    parser.argument(required === true ? `<${words}>` : `[${words}]`, description);
  }
  addFlags(parser, command.flags);
  parser.action(async () => {
    const positionals = parser.args;
    const global = readGlobals(parser);
    await command.run({ flags: readFlags(parser, command.flags), positionals, global, io });
  });
}

function addFlags(parser: Parser, table: FlagTable): void {
  for (const [name, flag] of Object.entries(table)) {
    parser.addOption(createOption(name, flag));
    if (flag.kind === 'switch') parser.addOption(new Option(`--no-${name}`).hideHelp());
  }
}

function createOption(name: string, flag: Flag): Option {
  const start = flag.short === undefined ? '' : `-${flag.short}, `;
  switch (flag.kind) {
    case 'text':
      return new Option(`${start}--${name} <${flag.valueName}>`, flag.description);
    case 'texts':
      return new Option(`${start}--${name} <${flag.valueName}>`, flag.description)
        .argParser((text, before: readonly string[]) => [...before, text])
        .default([], 'none');
    case 'number':
      return new Option(`${start}--${name} <NUMBER>`, flag.description).argParser((text) =>
        parseNumber(name, text),
      );
    case 'choice':
      return new Option(`${start}--${name} <FORM>`, flag.description)
        .choices(flag.choices)
        .default(flag.default);
    case 'switch':
      return new Option(`${start}--${name}`, flag.description).default(flag.default);
  }
}

function parseNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new MeshError(
    MeshErrorCode.Usage,
    `invalid argument "${text}" for "--${name}" flag: it wants a whole number`,
  );
}

function readFlags<F extends FlagTable>(parser: Parser, table: F): FlagValues<F> {
  const given: Readonly<Record<string, unknown>> = parser.opts();
  const values = Object.entries(table).map(([name, flag]) => {
    const value = given[new Option(`--${name}`).attributeName()];
    return [name, value ?? ('default' in flag ? flag.default : undefined)];
  });
  // The parser was built from this table: each value is of its flag's type.
  return Object.fromEntries(values) as FlagValues<F>;
}

function readGlobals(parser: Parser): GlobalValues {
  let root = parser;
  while (root.parent !== null) root = root.parent;
  const { namespace, istioNamespace, mesh } = readFlags(root, globalFlags);
  return {
    namespace: namespace ?? 'default',
    givenNamespace: namespace,
    istioNamespace: istioNamespace ?? 'istio-system',
    mesh,
  };
}

/** The parts of the help that commander has not. */
function renderMoreHelp({ aliases = [], examples = [] }: Node): string {
  const names = aliases.length === 0 ? '' : `\nAliases:\n  ${aliases.join(', ')}\n`;
  const shown = examples.map(({ text, command }) => `  # ${text}\n  ${command}\n`).join('\n');
  return `${names}${shown === '' ? '' : `\nExamples:\n${shown}`}`;
}

/** Go's way of saying what a switch is, `--verbose=false` and `-v=false`, in commander's. */
export function normalizeSwitches(args: readonly string[], commands: readonly Node[]): string[] {
  const byLetter = new Map(commands.flatMap(switchesByLetter));
  return args.map((argument) => {
    const [, dashes, word = '', value] = /^(--?)([A-Za-z-]+)=(true|false)$/.exec(argument) ?? [];
    const name = dashes === '--' ? word : byLetter.get(word);
    if (dashes === undefined || name === undefined) return argument;
    return value === 'true' ? `--${name}` : `--no-${name}`;
  });
}

function switchesByLetter(node: Node): readonly (readonly [string, string])[] {
  if (node.kind === 'group') return node.commands.flatMap(switchesByLetter);
  return Object.entries(node.flags).flatMap(([name, flag]) =>
    flag.kind === 'switch' && flag.short !== undefined ? [[flag.short, name] as const] : [],
  );
}
