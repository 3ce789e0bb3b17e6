import type { ResourceSet } from '@istio-ts/xds-types';
import { deltaBetween } from '../resource-delta.js';
import { emptySet } from '../resource-sets.js';

/** The version of a name that the client does not hold. */
export const absent = '';
/** The client's version of a name is not known, or must be taken as lost: the resource has to be sent. */
export const unknown = Symbol('unknown');
export type Held = string | typeof unknown;

/**
 * What one client holds of one type: the identity of a set that it acknowledged, and its deviations from it. A client in
 * step with its class costs two words; a map of its own is only paid for what differs.
 */
export class HeldLedger {
  private deviations = new Map<string, Held>();

  constructor(private acknowledged: ResourceSet = emptySet) {}

  get base(): ResourceSet {
    return this.acknowledged;
  }

  get inStep(): boolean {
    return this.deviations.size === 0;
  }

  get holdsNothing(): boolean {
    return this.inStep && this.acknowledged.size === 0;
  }

  deviating(): IterableIterator<string> {
    return this.deviations.keys();
  }

  held(name: string): Held {
    return this.deviations.get(name) ?? this.acknowledged.get(name)?.version ?? absent;
  }

  record(name: string, held: Held): void {
    if (held === (this.acknowledged.get(name)?.version ?? absent)) this.deviations.delete(name);
    else this.deviations.set(name, held);
  }

  /** The client is no longer asked about this name. */
  drop(name: string): void {
    this.deviations.delete(name);
  }

  /** The client acknowledged exactly the step from the base to this set; what deviates since then stays so. */
  step(next: ResourceSet): void {
    this.acknowledged = next;
  }

  /** Takes another set as base without changing what is held of the names that matter. */
  rebase(next: ResourceSet, matters: (name: string) => boolean): void {
    if (next === this.acknowledged) return;
    const { changed, removed } = deltaBetween(this.acknowledged, next);
    const names = [...changed.map(({ name }) => name), ...removed].filter(matters);
    const held = names.map((name) => this.held(name));
    this.acknowledged = next;
    names.forEach((name, index) => this.record(name, held[index] ?? absent));
  }
}
