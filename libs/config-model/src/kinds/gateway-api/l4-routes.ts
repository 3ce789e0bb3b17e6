import type { Static } from '@sinclair/typebox';
import { list, openMessage, text, texts } from '../../schema/builders.js';
import { backendReference, routeFields } from './references.js';

const rules = list(openMessage({ name: text, backendRefs: list(backendReference) }));

/** gateway.networking.k8s.io TLSRoute, as written: connections by the name that the client asks for. */
export type TlsRouteSpec = Static<typeof tlsRouteSpec>;
export const tlsRouteSpec = openMessage({ ...routeFields, hostnames: texts, rules }, ['rules']);

/** gateway.networking.k8s.io TCPRoute, as written. */
export type TcpRouteSpec = Static<typeof tcpRouteSpec>;
export const tcpRouteSpec = openMessage({ ...routeFields, rules }, ['rules']);

/** gateway.networking.k8s.io UDPRoute, as written. */
export type UdpRouteSpec = Static<typeof udpRouteSpec>;
export const udpRouteSpec = openMessage({ ...routeFields, rules }, ['rules']);
