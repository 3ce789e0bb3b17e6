/**
 * From where the application is probed: capture rules leave what comes from here alone, so that a probe reaches the
 * application and not the proxy's inbound port.
 */
export function probeSource(address: string): { readonly localAddress?: string; readonly family?: 4 } {
  return address.includes(':') ? {} : { localAddress: '127.0.0.6', family: 4 };
}
