import type { core } from '@istio-ts/xds-types';

/** Where a socket address, a pipe or an internal address points to. A pipe has port 0. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

export function placeOf(address: core.Address | undefined): Place {
  switch (address?.address?.$case) {
    case 'socketAddress': {
      const { address: host, portSpecifier } = address.address.value;
      return { host, port: portSpecifier?.$case === 'portValue' ? portSpecifier.value : 0 };
    }
    case 'pipe':
      return { host: address.address.value.path, port: 0 };
    case 'envoyInternalAddress':
      return { host: renderInternal(address.address.value), port: 0 };
    case undefined:
      return { host: '', port: 0 };
  }
}

function renderInternal({ addressNameSpecifier, endpointId }: core.EnvoyInternalAddress): string {
  const listener = addressNameSpecifier?.value ?? '';
  return endpointId === '' ? `envoy://${listener}` : `envoy://${listener}/${endpointId}`;
}

/** `10.1.2.3:80`, `[fd00::1]:80`, or the host alone where there is no port. */
export function renderPlace({ host, port }: Place): string {
  if (port === 0) return host;
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}
