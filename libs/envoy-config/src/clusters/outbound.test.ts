import type { CertificateSourceIr } from '@istio-ts/mesh-ir';
import { cluster, core, durationFromMs, httpUpstream } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { emittedCluster, unpacked, upstreamTlsOf } from '../testing/emitted.js';
import {
  catalogCluster,
  catalogRule,
  catalogService,
  loadAssignmentIr,
  outboundClusterIr,
  spiffeId,
} from '../testing/ir.js';

const zero = durationFromMs(0);

const optionsOf = (message: cluster.Cluster) =>
  unpacked(
    message.typedExtensionProtocolOptions['envoy.extensions.upstreams.http.v3.HttpProtocolOptions'],
    httpUpstream.HttpProtocolOptions,
  );

describe('an outbound cluster', () => {
  it('is named after port, subset and host, with a semicolon behind its statistics name', () => {
    const message = emittedCluster(outboundClusterIr({ subset: 'v2' }));
    expect(message.name).toBe('outbound|80|v2|catalog.shop.svc.cluster.local');
    expect(message.altStatName).toBe(`${message.name};`);
  });

  it('gets its endpoints over ADS without a time limit, under its own name', () => {
    const { clusterDiscoveryType, edsClusterConfig } = emittedCluster(outboundClusterIr());
    expect(clusterDiscoveryType?.value).toBe(cluster.Cluster_DiscoveryType.EDS);
    expect(edsClusterConfig?.serviceName).toBe(catalogCluster);
    expect(edsClusterConfig?.edsConfig?.configSourceSpecifier?.$case).toBe('ads');
    expect(edsClusterConfig?.edsConfig?.initialFetchTimeout).toEqual(zero);
  });

  it('goes where the connection was going for headless services and the pass-through balancer', () => {
    const headless = outboundClusterIr({ discovery: { kind: 'original-dst' } });
    const passthrough = outboundClusterIr({ policy: { loadBalancing: { kind: 'passthrough' } } });
    for (const message of [headless, passthrough].map(emittedCluster)) {
      expect(message.clusterDiscoveryType?.value).toBe(cluster.Cluster_DiscoveryType.ORIGINAL_DST);
      expect(message.lbPolicy).toBe(cluster.Cluster_LbPolicy.CLUSTER_PROVIDED);
      expect(message.edsClusterConfig).toBeUndefined();
    }
  });

  it('resolves DNS by the lifetime of records and carries the names', () => {
    const discovery = { kind: 'strict-dns', endpoints: loadAssignmentIr(), refreshMs: 60_000 } as const;
    const message = emittedCluster(outboundClusterIr({ discovery }));
    expect(message.clusterDiscoveryType?.value).toBe(cluster.Cluster_DiscoveryType.STRICT_DNS);
    expect(message).toMatchObject({
      respectDnsTtl: true,
      dnsRefreshRate: durationFromMs(60_000),
      dnsJitter: durationFromMs(100),
      dnsLookupFamily: cluster.Cluster_DnsLookupFamily.V4_ONLY,
    });
    expect(message.loadAssignment?.endpoints).toHaveLength(1);
    expect(message.typedDnsResolverConfig?.name).toBe('envoy.network.dns_resolver.cares');
  });

  it('has no limits of its own, and never panics', () => {
    const message = emittedCluster(outboundClusterIr());
    const unlimited = 4_294_967_295;
    expect(message.circuitBreakers?.thresholds).toEqual([
      cluster.CircuitBreakers_Thresholds.create({
        maxConnections: unlimited,
        maxPendingRequests: unlimited,
        maxRequests: unlimited,
        maxRetries: unlimited,
      }),
    ]);
    expect(message.outlierDetection).toBeUndefined();
    expect(message.commonLbConfig?.healthyPanicThreshold?.value).toBe(0);
  });

  it('ejects by error counts and never by success rate; 0 switches a count off', () => {
    const { outlierDetection, commonLbConfig } = emittedCluster(
      outboundClusterIr({
        policy: {
          outlierDetection: {
            consecutive5xx: 0,
            consecutiveGatewayErrors: 5,
            consecutiveLocalOriginFailures: 3,
            splitExternalLocalOriginErrors: false,
            intervalMs: 1000,
            baseEjectionTimeMs: undefined,
            maxEjectionPercent: undefined,
            minHealthPercent: 30,
          },
        },
      }),
    );
    expect(outlierDetection).toMatchObject({
      enforcingConsecutive5xx: 0,
      consecutiveGatewayFailure: 5,
      enforcingConsecutiveGatewayFailure: 100,
      enforcingSuccessRate: 0,
      interval: durationFromMs(1000),
    });
    // Not split off: local failures count as 5xx.
    expect(outlierDetection?.consecutiveLocalOriginFailure).toBeUndefined();
    expect(commonLbConfig?.healthyPanicThreshold?.value).toBe(30);
  });

  it('speaks what the port is declared to speak', () => {
    expect(emittedCluster(outboundClusterIr()).typedExtensionProtocolOptions).toEqual({});
    const http2 = optionsOf(emittedCluster(outboundClusterIr({ protocol: 'http2' }))).upstreamProtocolOptions;
    expect(http2).toMatchObject({
      $case: 'explicitHttpConfig',
      value: { protocolConfig: { $case: 'http2ProtocolOptions' } },
    });
    const detected = optionsOf(emittedCluster(outboundClusterIr({ protocol: 'downstream' })));
    expect(detected.upstreamProtocolOptions?.$case).toBe('useDownstreamProtocolConfig');
  });

  it('says who is behind it and which rule shaped it', () => {
    const full = outboundClusterIr({ subset: 'v2', origin: catalogRule, external: true });
    expect(emittedCluster(full).metadata?.filterMetadata['istio']).toEqual({
      services: [catalogService],
      config: '/apis/networking.istio.io/v1/namespaces/shop/destination-rule/catalog',
      subset: 'v2',
      external: true,
    });
  });
});

describe('TLS of an outbound cluster', () => {
  it('is the mesh’s where an endpoint takes it, and plain text to the others', () => {
    const { transportSocketMatches, transportSocket } = emittedCluster(outboundClusterIr());
    expect(transportSocket).toBeUndefined();
    expect(transportSocketMatches.map(({ name, match }) => [name, match])).toEqual([
      ['tlsMode-istio', { tlsMode: 'istio' }],
      ['tlsMode-disabled', {}],
    ]);
    expect(transportSocketMatches[1]?.transportSocket?.name).toBe('envoy.transport_sockets.raw_buffer');
  });

  it('checks the identities of the service and shows the workload’s own', () => {
    const [match] = emittedCluster(outboundClusterIr()).transportSocketMatches;
    const { sni, commonTlsContext } = upstreamTlsOf(match?.transportSocket);
    expect(sni).toBe('outbound_.80_._.catalog.shop.svc.cluster.local');
    expect(commonTlsContext?.tlsCertificateSdsSecretConfigs.map(({ name }) => name)).toEqual(['default']);
    const validation = commonTlsContext?.validationContextType;
    if (validation?.$case !== 'combinedValidationContext') throw new Error('the peer is validated');
    expect(validation.value.validationContextSdsSecretConfig?.name).toBe('ROOTCA');
    expect(validation.value.defaultValidationContext?.matchTypedSubjectAltNames).toMatchObject([
      { matcher: { matchPattern: { $case: 'exact', value: spiffeId } } },
    ]);
    // Envoy would stop at 1.2.
    expect(commonTlsContext?.tlsParams).toMatchObject({
      tlsMinimumProtocolVersion: 3,
      tlsMaximumProtocolVersion: 4,
    });
  });

  it.each([
    ['default', ['istio']],
    ['downstream', ['istio']],
    ['http2', ['istio', 'h2']],
  ] as const)('announces the mesh, and never the peer exchange (%s)', (protocol, alpn) => {
    const [match] = emittedCluster(outboundClusterIr({ protocol })).transportSocketMatches;
    expect(upstreamTlsOf(match?.transportSocket).commonTlsContext?.alpnProtocols).toEqual(alpn);
  });

  it('is set directly where the address is the caller’s: there is no endpoint to match on', () => {
    const message = emittedCluster(outboundClusterIr({ discovery: { kind: 'original-dst' } }));
    expect(message.transportSocketMatches).toEqual([]);
    expect(upstreamTlsOf(message.transportSocket).sni).toContain('catalog');
  });

  it('of a rule takes SNI and expected name from the request, and the system’s roots, unless it says more', () => {
    const tls = {
      kind: 'simple',
      sni: undefined,
      sans: [],
      insecureSkipVerify: false,
      certificates: { kind: 'files', certificate: '', key: '', ca: '' },
    } as const;
    const message = emittedCluster(outboundClusterIr({ tls }));
    expect(optionsOf(message).upstreamHttpProtocolOptions).toEqual(
      core.UpstreamHttpProtocolOptions.create({ autoSni: true, autoSanValidation: true }),
    );
    const validation = upstreamTlsOf(message.transportSocket).commonTlsContext?.validationContextType;
    expect(validation).toMatchObject({
      value: { validationContextSdsSecretConfig: { name: 'file-root:system' } },
    });
    expect(message.metadata?.filterMetadata['istio']).toMatchObject({ alpn_override: 'false' });
    const named = emittedCluster(outboundClusterIr({ tls: { ...tls, sni: 'api.example.com' } }));
    expect(named.typedExtensionProtocolOptions).toEqual({});
  });

  it('of a rule fetches a credential from istiod and files from the agent', () => {
    const tls = { kind: 'mutual', sni: 'x', sans: [], insecureSkipVerify: false } as const;
    const files = { kind: 'files', certificate: '/c.pem', key: '/k.pem', ca: '/ca.pem' } as const;
    const secretNames = (certificates: CertificateSourceIr) => {
      const message = emittedCluster(outboundClusterIr({ tls: { ...tls, certificates } }));
      const context = upstreamTlsOf(message.transportSocket).commonTlsContext;
      const validation = context?.validationContextType;
      return [
        context?.tlsCertificateSdsSecretConfigs[0],
        validation?.$case === 'combinedValidationContext'
          ? validation.value.validationContextSdsSecretConfig
          : undefined,
      ].map((secret) => [secret?.name, secret?.sdsConfig?.configSourceSpecifier?.$case]);
    };
    expect(secretNames(files)).toEqual([
      ['file-cert:/c.pem~/k.pem', 'apiConfigSource'],
      ['file-root:/ca.pem', 'apiConfigSource'],
    ]);
    const credential = (server: string | undefined) => ({
      kind: 'credential' as const,
      certificate: { name: 'shop', server },
      roots: { name: 'shop-cacert', server },
    });
    expect(secretNames(credential(undefined))).toEqual([
      ['kubernetes://shop', 'ads'],
      ['kubernetes://shop-cacert', 'ads'],
    ]);
    expect(secretNames(credential('outbound|8443||sds.shop.svc.cluster.local'))).toEqual([
      ['shop', 'apiConfigSource'],
      ['shop-cacert', 'apiConfigSource'],
    ]);
  });
});
