export * from './call.js';
export * from './check-invariants.js';
export { simulate } from './simulate.js';
export { matchVirtualHost } from './match-route.js';
export { chainTls, downstreamTls, httpConnectionManager, tcpProxyOf } from './filter-chain.js';
export { mainAddress } from './select-listener.js';
