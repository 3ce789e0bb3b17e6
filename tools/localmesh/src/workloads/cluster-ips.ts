import { AddressPool, contains, type IpRange } from '../network/ip-range.js';
import { readService, withClusterIp } from './service.js';
import { idOf, type KubeObject } from '../store/kube-object.js';

/** Gives every Service that wants one a cluster IP, and the same one as long as the Service is there. */
export class ClusterIps {
  readonly #given = new Map<string, string>();
  readonly #pool: AddressPool;

  constructor(private readonly range: IpRange) {
    this.#pool = new AddressPool(range, 10);
  }

  /** Takes over what an earlier run gave, so that addresses survive a restart. */
  remember(services: readonly KubeObject[]): void {
    for (const service of services) {
      const { clusterIp } = readService(service);
      if (clusterIp === undefined || clusterIp === 'None' || !contains(this.range, clusterIp)) continue;
      this.#given.set(idOf(service), clusterIp);
      this.#pool.reserve(clusterIp);
    }
  }

  /** The Services with their cluster IPs; addresses of Services that are gone become free. */
  assign(services: readonly KubeObject[]): readonly KubeObject[] {
    const present = new Set(services.map(idOf));
    for (const [id, address] of this.#given) {
      if (present.has(id)) continue;
      this.#given.delete(id);
      this.#pool.give(address);
    }
    return services.map((service) => this.#assignOne(service));
  }

  #assignOne(object: KubeObject): KubeObject {
    const service = readService(object);
    if (service.clusterIp !== undefined || service.externalName !== undefined) return object;
    const id = idOf(object);
    const address = this.#given.get(id) ?? this.#pool.take();
    this.#given.set(id, address);
    return withClusterIp(object, address);
  }
}
