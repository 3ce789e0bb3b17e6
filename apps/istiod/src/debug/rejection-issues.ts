import type { Issue, ResourceRef } from '@istio-ts/foundation';
import { shortTypeName, type TypeState } from '@istio-ts/xds-protocol';
import type { AdsStream } from '../ads/ads-stream.js';

/** One version of a resource, and who rejects it. */
interface Rejected {
  readonly what: string;
  readonly message: string;
  /** Those that may have caused it: `VirtualService/default/reviews`. */
  readonly objects: readonly string[];
  readonly proxies: string[];
}

/** Of proxies and of objects that a message names. */
const namedMost = 10;

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
    const { objects, message } = stream.rejections.find(typeUrl, name) ?? { objects: origins, message: '' };
    const what = `${shortTypeName(typeUrl)} resource ${name}`;
    const known = found.get(key) ?? { what, message, objects, proxies: [] };
    known.proxies.push(stream.name);
    found.set(key, known);
  }
}

function toIssue({ what, message, objects, proxies }: Rejected): Issue {
  const [object] = objects;
  const madeOf = objects.length > 1 ? ` (made of ${list(objects)})` : '';
  return {
    code: 'PROXY_REJECTED',
    severity: 'error',
    message: `${what}${madeOf} is rejected by ${list(proxies)}, where the last good one stays: ${message}`,
    ...(object !== undefined && { resource: parseOrigin(object) }),
  };
}

function list(names: readonly string[]): string {
  const more = names.length - namedMost;
  return `${names.slice(0, namedMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `VirtualService/default/reviews` */
function parseOrigin(origin: string): ResourceRef {
  const [kind = '', namespace = '', ...name] = origin.split('/');
  return { kind, namespace, name: name.join('/') };
}
