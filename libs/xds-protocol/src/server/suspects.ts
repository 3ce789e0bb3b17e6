/**
 * Finds the resource that made a client reject a response. Envoy rejects a response as a whole and may have applied any
 * part of it, so the suspects are sent again in ever smaller groups until one is rejected alone.
 */
export class Suspects {
  private groups: (readonly string[])[] = [];

  /** The names that go next, and go alone; undefined when nobody is under suspicion. */
  get next(): readonly string[] | undefined {
    return this.groups[0];
  }

  /** A response with several names was rejected. Names that the message cites go last, apart from the others. */
  rejected(names: readonly string[], message: string): void {
    this.clear(names);
    this.groups.unshift(...split(names, message));
  }

  /** These were applied, have gone, or were proven bad. */
  clear(names: Iterable<string>): void {
    if (this.groups.length === 0) return;
    const cleared = new Set(names);
    this.groups = this.groups
      .map((group) => group.filter((name) => !cleared.has(name)))
      .filter((group) => group.length > 0);
  }
}

function split(names: readonly string[], message: string): readonly (readonly string[])[] {
  const cited = names.filter((name) => name !== '' && message.includes(name));
  if (cited.length > 0 && cited.length < names.length) {
    const blamed = new Set(cited);
    return [names.filter((name) => !blamed.has(name)), cited];
  }
  const middle = Math.ceil(names.length / 2);
  return [names.slice(0, middle), names.slice(middle)].filter((half) => half.length > 0);
}
