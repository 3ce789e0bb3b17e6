import type { WasmModules } from '../proxy-agent.js';
import type { Environment } from '../pod/pod-environment.js';

/** What a command has of the process that it runs in. */
export interface CommandContext {
  readonly env: Environment;
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  readonly wasm: WasmModules;
}
