import type { Catalog } from './catalog.js';
import { childOf, type DiscoveryType } from './discovery-types.js';
import { loadAssignmentOf, routeConfigurationsOf } from './named-children.js';
import { scanResources, type ResponseHead } from './response-scan.js';

/** A response by the catalog's numbers. */
export interface ReadResponse {
  readonly names: readonly number[];
  /** The version of each name. */
  readonly versions: readonly number[];
  readonly removed: readonly number[];
}

interface Remembered {
  readonly type: DiscoveryType;
  readonly body: Buffer;
  readonly read: ReadResponse;
}

const remembered = 32;
const rememberedBytes = 4096;

/** Reads responses for all clients of a process: the same bytes that others were sent already are compared, not read. */
export class ResponseReader {
  private last: Remembered[] = [];

  constructor(private readonly catalog: Catalog) {}

  read(type: DiscoveryType, message: Buffer, { start, end }: ResponseHead): ReadResponse {
    const body = message.subarray(start, end);
    if (body.length < rememberedBytes) return this.scan(type, body);
    const found = this.last.find((one) => one.type === type && one.body.equals(body));
    if (found !== undefined) return found.read;
    const read = this.scan(type, body);
    this.last = [{ type, body: Buffer.from(body), read }, ...this.last].slice(0, remembered);
    return read;
  }

  private scan(type: DiscoveryType, body: Buffer): ReadResponse {
    const catalog = this.catalog[type];
    const names: number[] = [];
    const versions: number[] = [];
    const removed: number[] = [];
    scanResources(body, {
      resource: (name, version, read) => {
        const number = catalog.names.number(name);
        const versionNumber = catalog.versions.number(version);
        names.push(number);
        versions.push(versionNumber);
        catalog.childrenOf(number, versionNumber, () => this.readChildren(type, name, read()));
      },
      removed: (name) => removed.push(catalog.names.number(name)),
    });
    return { names, versions, removed };
  }

  private readChildren(type: DiscoveryType, name: string, resource: Buffer): readonly number[] {
    const child = childOf[type];
    if (child === undefined) return [];
    const found = child === 'eds' ? loadAssignmentOf(resource, name) : routeConfigurationsOf(resource);
    return found.map((one) => this.catalog[child].names.number(one));
  }
}
