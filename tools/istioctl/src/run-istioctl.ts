import { CommanderError } from 'commander';
import { MeshError } from '@istio-ts/foundation';
import { createProgram, normalizeSwitches } from './command/create-program.js';
import { CommandFailure } from './command/command-failure.js';
import { commands } from './command/registry.js';
import type { Io } from './io.js';

/**
 * Runs one command line.
 *
 * @param args without the name of the program
 * @returns the exit status: 0; after a line `Error: …` 1, or what the command says
 */
export async function runIstioctl(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(commands, io).parseAsync(normalizeSwitches(args, commands), { from: 'user' });
    return 0;
  } catch (thrown) {
    // Already printed: help, or what was wrong with the command line.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 1;
    io.writeError(`Error: ${MeshError.from(thrown).message}\n`);
    return thrown instanceof CommandFailure ? thrown.status : 1;
  }
}
