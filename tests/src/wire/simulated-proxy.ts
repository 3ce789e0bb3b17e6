import { connect, DeltaTestStream, nodeBytes } from '@istio-ts/istiod/testing';
import { TypeUrl, type DeltaResponse } from '@istio-ts/xds-protocol';

const { Cluster, Endpoint, Listener, Route } = TypeUrl;

/**
 * A proxy of a test: it asks for clusters, the load assignments of those that have some, listeners and a few routes, and
 * acknowledges everything, as long as nobody takes its turn.
 */
export class SimulatedProxy {
  private constructor(
    readonly name: string,
    private readonly stream: DeltaTestStream,
  ) {}

  /** Resolves when it holds its first configuration. */
  static async start(port: number, name: string, namespace = 'default'): Promise<SimulatedProxy> {
    const proxy = new SimulatedProxy(name, new DeltaTestStream(connect(port)));
    const { stream } = proxy;
    stream.send({ typeUrl: Cluster, node: nodeBytes(name, namespace) });
    const clusters = (await proxy.next()).resources.map((resource) => resource.name);
    stream.send({ typeUrl: Endpoint, subscribe: clusters.filter((each) => each.startsWith('outbound|')) });
    await proxy.next();
    stream.send({ typeUrl: Listener });
    await proxy.next();
    stream.send({ typeUrl: Route, subscribe: ['80'] });
    await proxy.next();
    return proxy;
  }

  /** The next response, acknowledged. */
  async next(): Promise<DeltaResponse> {
    const response = await this.stream.next();
    this.stream.ack(response);
    return response;
  }

  /** The next response, rejected. */
  async rejectNext(message: string): Promise<DeltaResponse> {
    const response = await this.stream.next();
    this.stream.send({ typeUrl: response.typeUrl, nonce: response.nonce, error: { code: 13, message } });
    return response;
  }

  unsubscribe(typeUrl: string, names: readonly string[]): void {
    this.stream.send({ typeUrl, unsubscribe: names });
  }
}
