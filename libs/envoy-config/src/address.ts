import { core } from '@istio-ts/xds-types';

export function socketAddress(address: string, port: number): core.SocketAddress {
  return core.SocketAddress.create({ address, portSpecifier: { $case: 'portValue', value: port } });
}

export function networkAddress(address: string, port: number): core.Address {
  return core.Address.create({
    address: { $case: 'socketAddress', value: socketAddress(address, port) },
  });
}

export function pipeAddress(path: string): core.Address {
  return core.Address.create({ address: { $case: 'pipe', value: core.Pipe.create({ path }) } });
}

/** `10.0.0.0/8`; without a length the whole address. */
export function cidrRange(cidr: string): core.CidrRange {
  const [addressPrefix = '', length] = cidr.split('/');
  const whole = addressPrefix.includes(':') ? 128 : 32;
  return core.CidrRange.create({ addressPrefix, prefixLen: length === undefined ? whole : Number(length) });
}
