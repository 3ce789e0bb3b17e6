import type { ResourceSet } from '@istio-ts/xds-types';
import { deltaBetween } from '../resource-delta.js';
import { emptySet, nameDigest } from '../resource-sets.js';
import type { NameList } from '../wire/in-place.js';

export const everything = '*';

/**
 * Which names of one type a client asked for: everything, or the names of a set with additions and gaps. A proxy asks
 * for exactly the names of its class's set, so that the additions and gaps are empty but for moments.
 */
export class Subscription {
  wildcard = false;
  private base: ResourceSet = emptySet;
  private readonly extra = new Set<string>();
  private readonly missing = new Set<string>();

  has(name: string): boolean {
    if (this.wildcard || this.extra.has(name)) return true;
    return this.base.has(name) && !this.missing.has(name);
  }

  /** Whether every name of this set is asked for. */
  covers(set: ResourceSet): boolean {
    return this.wildcard || (this.base === set && this.missing.size === 0);
  }

  add(name: string): void {
    if (name === everything) this.wildcard = true;
    else if (this.base.has(name)) this.missing.delete(name);
    else this.extra.add(name);
  }

  remove(name: string): void {
    if (name === everything) this.wildcard = false;
    else if (this.base.has(name)) this.missing.add(name);
    else this.extra.delete(name);
  }

  /** Takes all names of a set as asked for, when the list says exactly that; tells whether it does. */
  adopt(names: NameList, set: ResourceSet): boolean {
    if (names.count !== set.size || names.digest !== nameDigest(set)) return false;
    this.base = set;
    this.extra.clear();
    this.missing.clear();
    return true;
  }

  /** Expresses the same names relative to another set. */
  rebase(next: ResourceSet): void {
    if (this.wildcard || next === this.base) return;
    const { added, removed } = deltaBetween(this.base, next);
    for (const name of added) if (!this.extra.delete(name)) this.missing.add(name);
    for (const name of removed) if (!this.missing.delete(name)) this.extra.add(name);
    this.base = next;
  }

  /** The names asked for, without the wildcard. */
  *names(): IterableIterator<string> {
    for (const name of this.base.keys()) if (!this.missing.has(name)) yield name;
    yield* this.extra;
  }
}
