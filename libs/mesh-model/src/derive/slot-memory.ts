/**
 * Who remembers what a step derived last: an immutable, stable object, one per mesh or per class of proxies. The memory
 * dies with it.
 */
export interface Slot {
  /** Slots of one family derive much that is equal: a new one begins with what the family derived last. */
  readonly family?: object;
}

/**
 * What one step derived last, by slot. A slot without memory begins with the last state of its family, so that a further
 * class of proxies costs what tells it from the others, and shares all maps that come out equal. Nothing is kept for that:
 * a state lives as long as its slot.
 */
export class SlotMemory<S extends object> {
  private readonly states = new WeakMap<Slot, S>();
  private readonly latest = new WeakMap<object, WeakRef<S>>();

  /** `fork` copies what a step changes in place. */
  constructor(private readonly fork: (state: S) => S = (state) => state) {}

  /** Runs a step on what is remembered; a step that throws leaves no half-made memory behind. */
  run<T>(slot: Slot, step: (state: S | undefined) => T): T {
    try {
      return step(this.states.get(slot) ?? this.inherit(slot));
    } catch (thrown) {
      this.states.delete(slot);
      if (slot.family !== undefined) this.latest.delete(slot.family);
      throw thrown;
    }
  }

  keep(slot: Slot, state: S): void {
    this.states.set(slot, state);
    if (slot.family !== undefined) this.latest.set(slot.family, new WeakRef(state));
  }

  /** What is inherited is the slot's own from then on: the family's next state is not. */
  private inherit(slot: Slot): S | undefined {
    const latest = slot.family === undefined ? undefined : this.latest.get(slot.family)?.deref();
    if (latest === undefined) return undefined;
    const state = this.fork(latest);
    this.states.set(slot, state);
    return state;
  }
}
