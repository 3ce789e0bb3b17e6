import type { GatewayChainIr, GatewayListenerIr, ServerTlsIr } from '@istio-ts/mesh-ir';
import { hcm, type listener } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { connectionManagerOf, downstreamTlsOf, emittedListener } from '../testing/emitted.js';
import { catalogCluster, serverTlsIr, settingsIr } from '../testing/ir.js';

function gateway(
  chains: readonly GatewayChainIr[],
  fields: Partial<Pick<GatewayListenerIr, 'proxyProtocol' | 'dynamicDns'>> = {},
): listener.Listener {
  return emittedListener({
    kind: 'gateway',
    bind: '0.0.0.0',
    port: 8443,
    chains,
    origins: [],
    dynamicDns: false,
    proxyProtocol: false,
    settings: settingsIr,
    ...fields,
  });
}

function https(tls: Partial<ServerTlsIr> = {}): GatewayChainIr {
  return {
    kind: 'http',
    routeConfig: 'https.443.https.shop.shop',
    serverName: undefined,
    serverNames: ['shop.com'],
    tls: { ...serverTlsIr, ...tls },
  };
}

const http: GatewayChainIr = {
  kind: 'http',
  routeConfig: 'http.8080',
  serverName: undefined,
  serverNames: [],
  tls: undefined,
};

describe('a gateway listener', () => {
  it('is bound, waits Envoy’s own time for a client hello, and trusts nobody’s word about certificates', () => {
    const message = gateway([http]);
    expect(message.name).toBe('0.0.0.0_8443');
    expect(message.bindToPort).toBeUndefined();
    expect(message.listenerFiltersTimeout).toBeUndefined();
    expect(message.listenerFilters).toEqual([]);
    expect(connectionManagerOf(message.filterChains[0])).toMatchObject({
      statPrefix: 'outbound_0.0.0.0_8443;',
      useRemoteAddress: true,
      serverName: 'istio-envoy',
      forwardClientCertDetails: hcm.HttpConnectionManager_ForwardClientCertDetails.SANITIZE_SET,
      setCurrentClientCertDetails: { subject: true, cert: true, dns: true, uri: true },
      routeSpecifier: { value: { routeConfigName: 'http.8080' } },
    });
  });

  it('tells HTTPS servers apart by server name, behind the PROXY protocol where asked for', () => {
    const message = gateway([https()], { proxyProtocol: true });
    expect(message.listenerFilters.map(({ name }) => name.split('.').at(-1))).toEqual([
      'proxy_protocol',
      'tls_inspector',
    ]);
    expect(message.filterChains[0]?.filterChainMatch?.serverNames).toEqual(['shop.com']);
    expect(message.filterChains[0]?.transportSocketConnectTimeout?.seconds).toBe(15);
  });

  it('bears a server’s own name in its statistics where it has one', () => {
    const [chain] = gateway([{ ...https(), serverName: 'shop' } as GatewayChainIr]).filterChains;
    expect(connectionManagerOf(chain).statPrefix).toBe('shop');
  });

  it('passes TLS of the mesh through by SNI and ALPN', () => {
    const route = {
      statPrefix: catalogCluster,
      destinations: [{ cluster: catalogCluster, weight: 1 }],
      idleTimeoutMs: undefined,
      dynamicDnsPort: undefined,
      origin: undefined,
    };
    const sni = 'outbound_.80_._.catalog.shop.svc.cluster.local';
    const [chain] = gateway([
      { kind: 'tcp', serverNames: [sni], route, tls: undefined, meshAlpn: true },
    ]).filterChains;
    expect(chain?.filterChainMatch).toMatchObject({
      serverNames: [sni],
      applicationProtocols: ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'],
    });
    expect(chain?.transportSocket).toBeUndefined();
  });
});

describe('TLS of a gateway server', () => {
  /** Certificate, roots and whether a client must have a certificate. */
  function tlsOf(tls: Partial<ServerTlsIr>): readonly unknown[] {
    const context = downstreamTlsOf(gateway([https(tls)]).filterChains[0]);
    const validation = context.commonTlsContext?.validationContextType;
    return [
      context.commonTlsContext?.tlsCertificateSdsSecretConfigs[0]?.name,
      validation?.$case === 'combinedValidationContext'
        ? validation.value.validationContextSdsSecretConfig?.name
        : undefined,
      context.requireClientCertificate,
    ];
  }
  const credential = {
    kind: 'credentials',
    certificates: [{ name: 'shop', server: undefined }],
    roots: { name: 'shop-cacert', server: undefined },
  } as const;
  const files = {
    kind: 'files',
    pairs: [{ certificate: '/c.pem', key: '/k.pem' }],
    ca: '/ca.pem',
  } as const;

  it.each([
    ['simple', credential, ['kubernetes://shop', undefined, false]],
    ['mutual', credential, ['kubernetes://shop', 'kubernetes://shop-cacert', true]],
    ['optional-mutual', files, ['file-cert:/c.pem~/k.pem', 'file-root:/ca.pem', false]],
    ['istio-mutual', { kind: 'workload' } as const, ['default', 'ROOTCA', true]],
  ] as const)('%s', (mode, certificates, expected) => {
    expect(tlsOf({ mode, certificates })).toEqual(expected);
  });

  it('presents a certificate for each kind of key', () => {
    const names = (certificates: ServerTlsIr['certificates']) =>
      downstreamTlsOf(
        gateway([https({ certificates })]).filterChains[0],
      ).commonTlsContext?.tlsCertificateSdsSecretConfigs.map(({ name }) => name);
    const [sole] = credential.certificates;
    expect(names({ ...credential, certificates: [sole, { ...sole, name: 'shop-ecdsa' }] })).toEqual([
      'kubernetes://shop',
      'kubernetes://shop-ecdsa',
    ]);
    expect(names({ ...files, pairs: [...files.pairs, { certificate: '/d.pem', key: '/l.pem' }] })).toEqual([
      'file-cert:/c.pem~/k.pem',
      'file-cert:/d.pem~/l.pem',
    ]);
  });

  it('takes a credential from an SDS server of the user’s own, over its cluster', () => {
    const server = 'outbound|8443||sds.shop.svc.cluster.local';
    const certificates = { ...credential, certificates: [{ name: 'shop', server }] };
    const context = downstreamTlsOf(gateway([https({ certificates })]).filterChains[0]).commonTlsContext;
    expect(context?.tlsCertificateSdsSecretConfigs[0]).toMatchObject({
      name: 'shop',
      sdsConfig: {
        configSourceSpecifier: {
          $case: 'apiConfigSource',
          value: { grpcServices: [{ targetSpecifier: { value: { clusterName: server } } }] },
        },
      },
    });
  });

  it('lets in only clients whose key or certificate is known, where the server lists them', () => {
    const tls = { mode: 'mutual', clientKeyDigests: ['k='], clientCertificateDigests: ['ab'] } as const;
    const context = downstreamTlsOf(gateway([https(tls)]).filterChains[0]).commonTlsContext;
    expect(context?.validationContextType?.value).toMatchObject({
      defaultValidationContext: { verifyCertificateSpki: ['k='], verifyCertificateHash: ['ab'] },
    });
  });

  it('does not keep the listener back for ever where a credential is missing', () => {
    const context = downstreamTlsOf(gateway([https()]).filterChains[0]).commonTlsContext;
    const source = context?.tlsCertificateSdsSecretConfigs[0]?.sdsConfig;
    expect(source?.configSourceSpecifier?.$case).toBe('ads');
    expect(source?.initialFetchTimeout).toBeUndefined();
  });

  it('leaves versions and ciphers to Envoy unless the server states them', () => {
    const paramsOf = (tls: Partial<ServerTlsIr>) =>
      downstreamTlsOf(gateway([https(tls)]).filterChains[0]).commonTlsContext?.tlsParams;
    expect(paramsOf({})).toBeUndefined();
    expect(paramsOf({ minVersion: 'TLSv1_2', ciphers: ['X'], curves: ['X25519'] })).toMatchObject({
      tlsMinimumProtocolVersion: 3,
      tlsMaximumProtocolVersion: 0,
      cipherSuites: ['X'],
      ecdhCurves: ['X25519'],
    });
  });
});
