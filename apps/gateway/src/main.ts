import { join } from 'node:path';
import { runPilotAgent } from '@istio-ts/proxy-agent';
import statsTags from '@istio-ts/wasm-filters/stats-tags.json' with { type: 'json' };

/** A gateway is the agent in the role of a router; flags are those of `pilot-agent proxy`. */
process.exitCode = await runPilotAgent(['proxy', 'router', ...process.argv.slice(2)], {
  env: process.env,
  writeOut: (text) => process.stdout.write(text),
  writeErr: (text) => process.stderr.write(text),
  wasm: { dir: join(import.meta.dirname, 'wasm'), statsTags },
});
