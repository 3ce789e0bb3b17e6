import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/** A range of IPv4 addresses, `10.244.0.0/16`. */
export interface IpRange {
  readonly base: number;
  readonly prefix: number;
}

export function parseIpRange(text: string): IpRange {
  const [address = '', prefix = '32'] = text.split('/');
  return { base: parseIpv4(address), prefix: Number(prefix) };
}

export function renderIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

export function parseIpv4(text: string): number {
  const parts = text.split('.').map(Number);
  const valid =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  if (!valid) throw new MeshError(MeshErrorCode.Usage, `"${text}" is no IPv4 address`);
  return parts.reduce((value, part) => value * 256 + part, 0);
}

export function contains({ base, prefix }: IpRange, address: string): boolean {
  const size = 2 ** (32 - prefix);
  const offset = parseIpv4(address) - base;
  return offset >= 0 && offset < size;
}

/**
 * Hands out the addresses of a range. An address that was given back is used again only after all others, so that a
 * client which still holds it does not reach a stranger at once.
 */
export class AddressPool {
  readonly #taken = new Set<number>();
  #next: number;
  readonly #first: number;
  readonly #last: number;

  /** `reserved` addresses at the beginning are never given: the network's own and the gateway's. */
  constructor(range: IpRange, reserved: number) {
    this.#first = range.base + reserved;
    this.#last = range.base + 2 ** (32 - range.prefix) - 2;
    this.#next = this.#first;
  }

  /** Marks an address as in use, as when an earlier run gave it. */
  reserve(address: string): void {
    this.#taken.add(parseIpv4(address));
  }

  take(): string {
    for (let tried = this.#first; tried <= this.#last; tried += 1) {
      const candidate = this.#next;
      this.#next = candidate >= this.#last ? this.#first : candidate + 1;
      if (this.#taken.has(candidate)) continue;
      this.#taken.add(candidate);
      return renderIpv4(candidate);
    }
    throw new MeshError(MeshErrorCode.Platform, 'no address is left: end some pods or services first');
  }

  give(address: string): void {
    this.#taken.delete(parseIpv4(address));
  }
}
