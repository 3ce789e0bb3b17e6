import { Command } from 'commander';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { callHttp } from '../envoy/envoy-admin.js';
import type { CommandContext } from './command-context.js';

/** `pilot-agent request GET /clusters`: asks Envoy's admin interface where there is no curl; prints the answer alone. */
export function createRequestCommand(context: CommandContext): Command {
  return new Command('request')
    .description("ask Envoy's admin interface, or another port of the pod")
    .argument('<method>', 'GET or POST')
    .argument('<path>', '/stats, /config_dump, …')
    .argument('[body]')
    .option('--debug-port <port>', 'port to ask', '15000')
    .action(
      async (
        method: string,
        path: string,
        body: string | undefined,
        flags: { readonly debugPort: string },
      ) => {
        const endpoint = {
          host: context.env['ISTIO_TS_BIND_ADDRESS'] ?? '127.0.0.1',
          port: Number(flags.debugPort),
        };
        const slashed = path.startsWith('/') ? path : `/${path}`;
        const call = {
          method: method.toUpperCase(),
          path: slashed,
          timeoutMs: 60_000,
          ...(body !== undefined && { body }),
        };
        const answer = await callHttp(endpoint, call);
        const text = answer.body.toString('utf8');
        if (answer.status >= 400) {
          throw new MeshError(
            MeshErrorCode.Unavailable,
            `${method} ${slashed} was answered with ${answer.status}: ${text}`,
          );
        }
        context.writeOut(text);
      },
    );
}
