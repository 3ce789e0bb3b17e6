import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { MeshShape } from './mesh-manifests.js';

export interface Size {
  readonly shape: MeshShape;
  readonly clients: number;
}

function size(services: number, clients: number): Size {
  return { shape: { services, namespaces: 20, endpoints: 5, routedEvery: 5 }, clients };
}

export const smallSizes: readonly Size[] = [size(100, 100), size(1000, 100)];
export const mainSize: Size = size(1000, 1000);

export function sizeName({ shape, clients }: Size): string {
  return `${shape.services}x${clients}`;
}

/** `1000x2000`: services, then clients. Throws a MeshError USAGE on anything else. */
export function parseSize(text: string): Size {
  const match = /^(\d{2,5})x(\d{1,5})$/u.exec(text);
  const services = Number(match?.[1]);
  const clients = Number(match?.[2]);
  if (match === null || services < 20 || clients < 1) {
    throw new MeshError(
      MeshErrorCode.Usage,
      `size "${text}": write services x proxies, as 1000x100; 20 services at least`,
    );
  }
  return size(services, clients);
}
