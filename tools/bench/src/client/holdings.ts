/** States of a name below those of versions: never answered, answered as absent. A version `v` is `v + firstVersion`. */
const unanswered = 0;
const absent = 1;
const firstVersion = 2;

/** What one client holds and wants of one type, by the catalog's numbers: a few kilobytes a client. */
export class Holdings {
  private states = new Int32Array(64);
  private wanted = new Uint8Array(64);
  /** Names that are wanted and were never answered. */
  missing = 0;
  /** The type was asked for, on this stream or an earlier one. */
  asked = false;
  answered = false;
  /** The names of the parent's resources that were followed last. */
  followed: ReadonlySet<number> | undefined;

  hold(name: number, version: number): void {
    this.set(name, version + firstVersion);
  }

  /** The server says that there is no such resource. */
  drop(name: number): void {
    this.set(name, absent);
  }

  /** As if the name had never been heard of. */
  forget(name: number): void {
    if (this.isAnswered(name)) this.states[name] = unanswered;
  }

  want(name: number): void {
    this.grow(name);
    if (this.wanted[name] === 1) return;
    this.wanted[name] = 1;
    if (this.states[name] === unanswered) this.missing += 1;
  }

  unwant(name: number): void {
    this.grow(name);
    if (this.wanted[name] !== 1) return;
    this.wanted[name] = 0;
    if (this.states[name] === unanswered) this.missing -= 1;
    this.states[name] = unanswered;
  }

  isWanted(name: number): boolean {
    return this.wanted[name] === 1;
  }

  /** The version held, or undefined. */
  versionOf(name: number): number | undefined {
    const state = this.states[name] ?? unanswered;
    return state >= firstVersion ? state - firstVersion : undefined;
  }

  isAnswered(name: number): boolean {
    return (this.states[name] ?? unanswered) !== unanswered;
  }

  *wantedNames(): IterableIterator<number> {
    for (let name = 0; name < this.wanted.length; name += 1) if (this.wanted[name] === 1) yield name;
  }

  /** Names and versions held, in the order of the names' numbers. */
  *held(): IterableIterator<readonly [name: number, version: number]> {
    for (let name = 0; name < this.states.length; name += 1) {
      const state = this.states[name] ?? unanswered;
      if (state >= firstVersion) yield [name, state - firstVersion];
    }
  }

  /** The held versions as bytes: equal for clients that hold the same. */
  fingerprint(): Buffer {
    return Buffer.from(this.states.buffer, 0, this.states.byteLength);
  }

  private set(name: number, state: number): void {
    this.grow(name);
    if (this.wanted[name] === 1 && this.states[name] === unanswered) this.missing -= 1;
    this.states[name] = state;
  }

  private grow(name: number): void {
    if (name < this.states.length) return;
    const length = 2 ** Math.ceil(Math.log2(name + 1));
    const states = new Int32Array(length);
    states.set(this.states);
    const wanted = new Uint8Array(length);
    wanted.set(this.wanted);
    this.states = states;
    this.wanted = wanted;
  }
}
