import { kinds } from '@istio-ts/config-model';
import type { MeshSnapshot } from '@istio-ts/mesh-model';

const hidden: ReadonlySet<string> = new Set(['Secret']);

/** `/debug/configz`: every object in force. Secrets are named and their content is left out. */
export function configPage(snapshot: MeshSnapshot): readonly unknown[] {
  return kinds.flatMap(({ name, group }) =>
    [...snapshot.resources[name].values()].map(({ apiVersion, metadata, spec, kind }) => ({
      kind,
      apiVersion: apiVersion === '' ? group : apiVersion,
      metadata,
      spec: hidden.has(name) ? {} : spec,
    })),
  );
}

/** `/debug/registryz`: every service. */
export function registryPage(snapshot: MeshSnapshot): readonly unknown[] {
  return [...snapshot.services.all.values()].map((service) => ({
    hostname: service.host,
    ports: service.ports.map(({ number, name, protocol }) => ({ name, port: number, protocol })),
    Attributes: { ServiceRegistry: service.provider, Name: service.name, Namespace: service.namespace },
    addresses: service.addresses,
    resolution: service.resolution,
    external: service.external,
  }));
}

/** `/debug/endpointz`: the endpoints of every service port; `brief` is one line each. */
export function endpointPage(snapshot: MeshSnapshot, brief: boolean): unknown {
  const all = [...snapshot.endpoints].flatMap(([service, { byPort }]) =>
    Object.entries(byPort).map(([port, endpoints]) => ({ svc: `${service}:${port}`, ep: endpoints })),
  );
  if (!brief) return all;
  return all
    .flatMap(({ svc, ep }) =>
      ep.map(({ address, labels }) => `${svc} ${JSON.stringify(address)} ${JSON.stringify(labels)}`),
    )
    .join('\n');
}
