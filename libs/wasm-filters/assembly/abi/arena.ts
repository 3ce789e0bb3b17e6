/**
 * Memory that the host writes its answers into. The host never frees it, so it is one static block that every
 * callback begins anew: an answer lives exactly as long as the callback that asked for it. An answer that does not
 * fit takes a block of its own, freed by the next reset.
 */

const CAPACITY: usize = 32 * 1024;
const base: usize = memory.data(32768, 16);

let used: usize = 0;
/** Head of a list of separate blocks; the first word of a block is the next one. */
let oversized: usize = 0;

const LINK: usize = 16;

/** Called by the host. Never fails: the runtime traps when the machine has no memory left. */
export function malloc(size: usize): usize {
  const aligned = (size + 7) & ~7;
  if (aligned <= CAPACITY - used) {
    const at = base + used;
    used += aligned;
    return at;
  }
  const block = heap.alloc(LINK + size);
  store<usize>(block, oversized);
  oversized = block;
  return block + LINK;
}

/** To be called first in every exported callback: all earlier answers of the host are gone after it. */
export function resetArena(): void {
  used = 0;
  while (oversized != 0) {
    const next = load<usize>(oversized);
    heap.free(oversized);
    oversized = next;
  }
}
