import { MeshError, MeshErrorCode, renderResourceRef, type ResourceRef } from '@istio-ts/foundation';
import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import { isObject } from '../../dump/unknown-types.js';
import type { MeshAccess } from '../../mesh/mesh-access.js';
import { parseAnswer } from './sync-status.js';

/** istiod's code for an object of which a proxy rejects what was made of it. */
const rejectedCode = 'PROXY_REJECTED';

/** A rejected resource: the object that caused it where it is known, and what happened. */
export interface Rejection {
  readonly object: string;
  readonly message: string;
}

/** What proxies reject at present. An istiod that has no such page, as Istio's own, tells of none. */
export async function readRejections(
  mesh: MeshAccess,
  istioNamespace: string,
): Promise<readonly Rejection[]> {
  try {
    const answers = await mesh.askIstiods('/debug/issues', istioNamespace);
    return answers.flatMap(({ istiod, text }) => rejectionsIn(parseAnswer(istiod, text)));
  } catch (thrown) {
    if (MeshError.from(thrown).code === MeshErrorCode.Protocol) return [];
    throw thrown;
  }
}

function rejectionsIn(issues: JsonValue): readonly Rejection[] {
  if (!Array.isArray(issues)) return [];
  return issues
    .filter(isObject)
    .filter(({ code }: JsonObject) => code === rejectedCode)
    .map(({ resource, message }: JsonObject) => ({
      object: isResourceRef(resource) ? renderResourceRef(resource) : '-',
      message: typeof message === 'string' ? message : '',
    }));
}

function isResourceRef(json: unknown): json is ResourceRef {
  return typeof json === 'object' && json !== null && 'kind' in json && 'name' in json;
}

/** A paragraph below the table; empty where nothing is rejected. */
export function renderRejections(rejections: readonly Rejection[]): string {
  if (rejections.length === 0) return '';
  return `\nRejected:\n${rejections.map(({ object, message }) => `  ${object}: ${message}\n`).join('')}`;
}
