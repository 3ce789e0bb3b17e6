/**
 * Who remembers what a step derived last: an immutable, stable object, one per mesh or per class of proxies. The memory
 * dies with it.
 */
export interface Slot {
  /** Slots of one family derive much that is equal: each takes over from the others what it can. */
  readonly family?: object;
}

/** How a step goes from what is remembered to what is asked for. */
export interface Step<S> {
  /** Whether a state is for these very inputs. */
  readonly fits: (state: S) => boolean;
  /**
   * The next state: from the slot's own, or one of its family, or nothing. `sibling` is what the family derived last; equal
   * values are to be taken from it.
   */
  readonly advance: (from: S | undefined, sibling: S | undefined) => S;
}

/**
 * What one step derived last, by slot. A slot without memory begins with the last state of its family, and one whose inputs
 * another slot has met takes over what that derived. So a further class of proxies costs what tells it from the others,
 * at first and with every change, and all share the maps that come out equal. Nothing is kept for that: a state lives as
 * long as its slot.
 */
export class SlotMemory<S extends object> {
  private readonly states = new WeakMap<Slot, S>();
  private readonly latest = new WeakMap<object, WeakRef<S>>();

  /** `fork` copies what a step changes in place. */
  constructor(private readonly fork: (state: S) => S = (state) => state) {}

  /** Runs a step; one that throws leaves no half-made memory behind. */
  run(slot: Slot, { fits, advance }: Step<S>): S {
    const own = this.states.get(slot);
    if (own !== undefined && fits(own)) return own;
    const sibling = slot.family === undefined ? undefined : this.latest.get(slot.family)?.deref();
    if (sibling !== undefined && fits(sibling)) return this.keep(slot, this.fork(sibling));
    try {
      return this.keep(slot, advance(own ?? (sibling && this.fork(sibling)), sibling));
    } catch (thrown) {
      this.states.delete(slot);
      if (slot.family !== undefined) this.latest.delete(slot.family);
      throw thrown;
    }
  }

  private keep(slot: Slot, state: S): S {
    this.states.set(slot, state);
    if (slot.family !== undefined) this.latest.set(slot.family, new WeakRef(state));
    return state;
  }
}
