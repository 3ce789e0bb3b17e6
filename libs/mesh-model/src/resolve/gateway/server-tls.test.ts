import { describe, expect, test } from 'vitest';
import { gateway, meshOf } from '../../fixtures/mesh-fixture.js';
import { defaultMeshSettings } from '../../settings/mesh-settings.js';
import { resolveProxy } from '../resolve-proxy.js';

const front = (servers: string): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: ${servers} }`;

describe('the credentials of a server', () => {
  const certificatesOf = (tls: string, settings = defaultMeshSettings): unknown => {
    const servers = `[{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [a.io], tls: ${tls} }]`;
    const mesh = meshOf(front(servers), settings);
    const listener = resolveProxy(mesh, gateway()).listeners.get('0.0.0.0_443');
    const chain = listener?.kind === 'gateway' ? listener.chains[0] : undefined;
    return chain?.tls?.certificates;
  };
  const sds = { host: 'sds.io', port: 8443 };
  const server = 'outbound|8443||sds.io';

  test('are one, or one for each kind of key; authorities stand beside the first, or have a name of their own', () => {
    const two = 'mode: MUTUAL, credentialNames: [rsa, ecdsa]';
    const certificates = [
      { name: 'rsa', server: undefined },
      { name: 'ecdsa', server: undefined },
    ];
    expect(certificatesOf(`{ ${two} }`)).toMatchObject({ certificates, roots: { name: 'rsa-cacert' } });
    expect(certificatesOf(`{ ${two}, caCertCredentialName: ca }`)).toMatchObject({
      certificates,
      roots: { name: 'ca-cacert' },
    });
  });

  test('come by sds:// from the server that the mesh names, else from the control plane as they are written', () => {
    const tls = "{ mode: MUTUAL, credentialName: 'sds://web' }";
    expect(certificatesOf(tls, { ...defaultMeshSettings, sds })).toMatchObject({
      certificates: [{ name: 'web', server }],
      roots: { name: 'web-cacert', server },
    });
    expect(certificatesOf(tls)).toMatchObject({ certificates: [{ name: 'sds://web', server: undefined }] });
    expect(
      certificatesOf("{ mode: SIMPLE, credentialNames: ['sds://rsa', web] }", {
        ...defaultMeshSettings,
        sds,
      }),
    ).toMatchObject({
      certificates: [
        { name: 'rsa', server },
        { name: 'web', server: undefined },
      ],
    });
  });

  test('may be files, of which several stand beside each other', () => {
    const listed =
      'tlsCertificates: [{ serverCertificate: /a.pem, privateKey: /a.key }, { serverCertificate: /b.pem, privateKey: /b.key }]';
    expect(certificatesOf(`{ mode: SIMPLE, ${listed} }`)).toEqual({
      kind: 'files',
      pairs: [
        { certificate: '/a.pem', key: '/a.key' },
        { certificate: '/b.pem', key: '/b.key' },
      ],
      ca: undefined,
    });
  });
});
