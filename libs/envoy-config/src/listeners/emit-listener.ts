import { memo } from '@istio-ts/foundation';
import type { ListenerIr } from '@istio-ts/mesh-ir';
import type { EncodedResource } from '@istio-ts/xds-types';
import { encodeListener, type ListenerParts } from './encode-listener.js';
import { gatewayListener } from './gateway.js';
import { httpProxyListener } from './http-proxy.js';
import { inboundListener } from './inbound.js';
import { outboundListener } from './outbound.js';
import { virtualInboundListenerParts } from './virtual-inbound.js';
import { virtualOutboundListenerParts } from './virtual-outbound.js';

export const emitListener = memo((ir: ListenerIr): EncodedResource => encodeListener(listenerParts(ir)));

function listenerParts(ir: ListenerIr): ListenerParts {
  switch (ir.kind) {
    case 'outbound':
      return outboundListener(ir);
    case 'virtual-outbound':
      return virtualOutboundListenerParts(ir);
    case 'virtual-inbound':
      return virtualInboundListenerParts(ir);
    case 'inbound':
      return inboundListener(ir);
    case 'http-proxy':
      return httpProxyListener(ir);
    case 'gateway':
      return gatewayListener(ir);
  }
}
