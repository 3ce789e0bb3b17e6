/// <reference types="node" preserve="true" />
import type { MessageFns } from './codec.js';

/**
 * A method as `@grpc/grpc-js` wants it: its `MethodDefinition`, spelled out here so that this library needs no gRPC.
 */
export interface GrpcMethod<Request, Response> {
  /** `/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources` */
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly requestSerialize: (message: Request) => Buffer;
  readonly requestDeserialize: (bytes: Buffer) => Request;
  readonly responseSerialize: (message: Response) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Response;
  /** The method's key in a handler object. */
  readonly originalName: string;
}

/** A generated service, such as `discovery.AggregatedDiscoveryServiceDefinition`. */
export interface GeneratedService {
  readonly fullName: string;
  readonly methods: Readonly<Record<string, GeneratedMethod>>;
}

interface GeneratedMethod {
  readonly name: string;
  readonly requestType: MessageFns<unknown, string>;
  readonly requestStream: boolean;
  readonly responseType: MessageFns<unknown, string>;
  readonly responseStream: boolean;
}

/** The methods of a generated service by their names in lower camel case. */
export type GrpcService<S extends GeneratedService> = {
  readonly [M in keyof S['methods']]: GrpcMethod<
    MessageOf<S['methods'][M]['requestType']>,
    MessageOf<S['methods'][M]['responseType']>
  >;
};

type MessageOf<C> = C extends MessageFns<infer T, string> ? T : never;

/**
 * A generated service for `@grpc/grpc-js`: give it to `server.addService`, or call one of its methods with
 * `client.makeBidiStreamRequest(method.path, method.requestSerialize, method.responseDeserialize)`.
 */
export function grpcService<S extends GeneratedService>(service: S): GrpcService<S> {
  const methods = Object.entries(service.methods).map(
    ([key, method]) => [key, grpcMethod(service.fullName, key, method)] as const,
  );
  return Object.fromEntries(methods) as unknown as GrpcService<S>;
}

function grpcMethod(service: string, key: string, method: GeneratedMethod): GrpcMethod<unknown, unknown> {
  return {
    path: `/${service}/${method.name}`,
    requestStream: method.requestStream,
    responseStream: method.responseStream,
    requestSerialize: serializer(method.requestType),
    requestDeserialize: (bytes) => method.requestType.decode(bytes),
    responseSerialize: serializer(method.responseType),
    responseDeserialize: (bytes) => method.responseType.decode(bytes),
    originalName: key,
  };
}

function serializer<T>(codec: MessageFns<T, string>): (message: T) => Buffer {
  return (message) => {
    const bytes = codec.encode(message).finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}
