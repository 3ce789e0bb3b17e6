import type { DiscoveryType } from './discovery-types.js';
import type { Holdings } from './holdings.js';

const rememberedUnions = 32;

/** Numbers for texts, given in the order of arrival. */
class Numbering {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  text(number: number): string {
    return this.texts[number] ?? '';
  }

  get size(): number {
    return this.texts.length;
  }
}

/**
 * The resources that the clients of one process have met, each name and version once: clients hold numbers. What a
 * resource names in turn (the load assignment of a cluster) is read once a version, not once a client.
 */
export class TypeCatalog {
  readonly names = new Numbering();
  readonly versions = new Numbering();
  private unions: readonly { readonly fingerprint: Buffer; readonly children: ReadonlySet<number> }[] = [];
  private readonly children: Map<number, readonly number[]>[] = [];

  childrenOf(name: number, version: number, read: () => readonly number[]): readonly number[] {
    const known = (this.children[name] ??= new Map<number, readonly number[]>());
    const found = known.get(version);
    if (found !== undefined) return found;
    const children = read();
    known.set(version, children);
    return children;
  }

  /** What all that is held names; the identical set for clients that hold the same. */
  childrenOfAll(holdings: Holdings): ReadonlySet<number> {
    const fingerprint = holdings.fingerprint();
    const found = this.unions.find((union) => union.fingerprint.equals(fingerprint));
    if (found !== undefined) return found.children;
    const children = new Set<number>();
    for (const [name, version] of holdings.held()) {
      for (const child of this.children[name]?.get(version) ?? []) children.add(child);
    }
    const union = { fingerprint: Buffer.from(fingerprint), children };
    this.unions = [union, ...this.unions].slice(0, rememberedUnions);
    return children;
  }
}

export type Catalog = Readonly<Record<DiscoveryType, TypeCatalog>>;

export function createCatalog(): Catalog {
  return {
    cds: new TypeCatalog(),
    eds: new TypeCatalog(),
    lds: new TypeCatalog(),
    rds: new TypeCatalog(),
  };
}
