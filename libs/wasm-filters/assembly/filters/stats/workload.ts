import { Slice, text } from '../../bytes/slice';
import { SymbolTable } from '../../bytes/symbol-table';
import { Writer } from '../../bytes/writer';
import { countOverflow } from './overflow';

/** What the labels say of a workload, in the order in which a workload's bytes hold it. */
export namespace Part {
  export const Name: i32 = 0;
  export const Namespace: i32 = 1;
  export const CanonicalService: i32 = 2;
  export const CanonicalRevision: i32 = 3;
  export const App: i32 = 4;
  export const Version: i32 = 5;
  export const Cluster: i32 = 6;
  export const Count: i32 = 7;
}

const SEPARATOR: u8 = 0;
const LATEST = text('latest');
const LIMIT: i32 = 4096;
/** What headers claim leaves room for what istiod and certificates say. */
const CLAIM_LIMIT: i32 = 3072;
const table = new SymbolTable(LIMIT);

/** A workload being put together. Pods of one workload make equal bytes, hence one number. */
export class WorkloadDraft {
  private parts: StaticArray<usize> = new StaticArray<usize>(Part.Count * 2);
  private bytes: Writer = new Writer();

  clear(): void {
    for (let index = 0; index < Part.Count * 2; index++) this.parts[index] = 0;
  }

  /** The bytes must stay where they are until `intern`. */
  set(part: i32, at: usize, size: usize): void {
    this.parts[part * 2] = at;
    this.parts[part * 2 + 1] = size;
  }

  has(part: i32): bool {
    return this.parts[part * 2 + 1] > 0;
  }

  /** The number of a workload that only a header tells of; unknown where too many are told. */
  internClaim(): i32 {
    return this.internBelow(CLAIM_LIMIT);
  }

  /** The number of this workload. */
  intern(): i32 {
    return this.internBelow(LIMIT);
  }

  /** Fills in Istio's defaults for the canonical names. */
  private internBelow(limit: i32): i32 {
    if (!this.has(Part.CanonicalService)) this.copy(Part.Name, Part.CanonicalService);
    if (!this.has(Part.CanonicalRevision)) this.set(Part.CanonicalRevision, LATEST.at, LATEST.size);
    this.bytes.reset();
    for (let part = 0; part < Part.Count; part++) {
      if (part > 0) this.bytes.byte(SEPARATOR);
      this.bytes.raw(this.parts[part * 2], this.parts[part * 2 + 1]);
    }
    let id = table.find(this.bytes.at, this.bytes.size);
    if (id < 0 && table.count < limit) id = table.add(this.bytes.at, this.bytes.size);
    if (id < 0) countOverflow();
    return max(id, UNKNOWN_WORKLOAD);
  }

  private copy(from: i32, to: i32): void {
    this.set(to, this.parts[from * 2], this.parts[from * 2 + 1]);
  }
}

export const draft = new WorkloadDraft();

/** Nobody that we know: every label is `unknown`, the canonical revision Istio's `latest`. */
export const UNKNOWN_WORKLOAD: i32 = 0;
draft.clear();
draft.intern();

/** One part of a workload, valid for ever; empty where it is not known. */
export function workloadPart(workload: i32, part: i32, into: Slice): void {
  table.textOf(workload, into);
  into.part(SEPARATOR, part, into);
}

const left = new Slice();
const right = new Slice();

export function inSameNamespace(one: i32, other: i32): bool {
  workloadPart(one, Part.Namespace, left);
  workloadPart(other, Part.Namespace, right);
  return left.equals(right);
}
