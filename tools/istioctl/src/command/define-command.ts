import type { Io } from '../io.js';
import type { FlagTable, FlagValues } from './flags.js';

export interface Positional {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  /** Takes all that follow; only the last one may. */
  readonly variadic?: boolean;
}

export interface Example {
  readonly text: string;
  readonly command: string;
}

/** What every command has to say about itself; help, completion and the parser come from it. */
interface CommandWords {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line for the list of commands, without a full stop. */
  readonly summary: string;
  /** For the command's own help; the summary where absent. */
  readonly description?: string;
  readonly examples?: readonly Example[];
  /** Not in the list of commands. */
  readonly hidden?: boolean;
}

/** Flags that every command understands, before and after its name. */
export interface GlobalValues {
  readonly namespace: string;
  /** The same where it was asked for. */
  readonly givenNamespace: string | undefined;
  readonly istioNamespace: string;
  /** Data folder of the local mesh; absent: the one that `npm run mesh` uses. */
  readonly mesh: string | undefined;
}

export interface Invocation<F extends FlagTable> {
  readonly flags: FlagValues<F>;
  /** In the order of the table; one that was left out is absent. */
  readonly positionals: readonly string[];
  readonly global: GlobalValues;
  readonly io: Io;
}

export interface CommandSpec<F extends FlagTable> extends CommandWords {
  readonly positionals?: readonly Positional[];
  readonly flags: F;
  /** Prints through `io`. Throws a MeshError or a CommandFailure: its message is shown after `Error: `. */
  readonly run: (invocation: Invocation<F>) => Promise<void>;
}

export interface Command extends CommandWords {
  readonly kind: 'command';
  readonly positionals: readonly Positional[];
  readonly flags: FlagTable;
  readonly run: (invocation: Invocation<FlagTable>) => Promise<void>;
}

export interface CommandGroup extends CommandWords {
  readonly kind: 'group';
  readonly commands: readonly Node[];
}

export type Node = Command | CommandGroup;

/** A command as a value. The types of its flags are known inside `run`, and forgotten outside. */
export function defineCommand<const F extends FlagTable>(spec: CommandSpec<F>): Command {
  return {
    ...spec,
    kind: 'command',
    positionals: spec.positionals ?? [],
    // The parser fills `flags` from this very table.
    run: (invocation) => spec.run(invocation as Invocation<F>),
  };
}

export function defineGroup(words: CommandWords & { readonly commands: readonly Node[] }): CommandGroup {
  return { ...words, kind: 'group' };
}
