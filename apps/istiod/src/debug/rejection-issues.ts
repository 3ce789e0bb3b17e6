import type { Issue, ResourceRef } from '@istio-ts/foundation';
import { shortTypeName, type TypeState } from '@istio-ts/xds-protocol';
import type { AdsStream } from '../ads/ads-stream.js';

/** One version of a resource, and who rejects it. */
interface Rejected {
  readonly what: string;
  readonly message: string;
  readonly object: ResourceRef | undefined;
  readonly proxies: string[];
}

const namedProxies = 10;

/** Resources that connected proxies reject and do not have a newer version of, as issues on the objects behind them. */
export function rejectionIssues(streams: readonly AdsStream[]): readonly Issue[] {
  const found = new Map<string, Rejected>();
  for (const stream of streams) {
    for (const state of stream.session.types()) collect(stream, state, found);
  }
  return [...found.values()].map(toIssue);
}

function collect(stream: AdsStream, state: TypeState, found: Map<string, Rejected>): void {
  const { typeUrl } = state.type;
  for (const { name, version, origins } of state.rejected()) {
    const key = `${typeUrl} ${name} ${version}`;
    const known = found.get(key) ?? {
      what: `${shortTypeName(typeUrl)} resource ${name}`,
      message: stream.rejectionMessage(typeUrl, name),
      object: origins[0] === undefined ? undefined : parseOrigin(origins[0]),
      proxies: [],
    };
    known.proxies.push(stream.name);
    found.set(key, known);
  }
}

function toIssue({ what, message, object, proxies }: Rejected): Issue {
  const more = proxies.length - namedProxies;
  const who = `${proxies.slice(0, namedProxies).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    code: 'PROXY_REJECTED',
    severity: 'error',
    message: `${what} is rejected by ${who}, where the last good one stays: ${message}`,
    ...(object && { resource: object }),
  };
}

/** `VirtualService/default/reviews` */
function parseOrigin(origin: string): ResourceRef {
  const [kind = '', namespace = '', ...name] = origin.split('/');
  return { kind, namespace, name: name.join('/') };
}
