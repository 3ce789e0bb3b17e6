import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { gatewayPort, gatewayServer, gatewaySpec, serverTlsSettings } from './spec.js';

const pair = {
  serverCertificate: 'File with the certificate.',
  privateKey: 'File with its key.',
  caCertificates: 'File with the CAs that clients must be of.',
} as const;

export const gatewayDescriptions: readonly MessageTexts[] = [
  describeMessage(gatewaySpec, 'Ports and hosts at which requests enter or leave the mesh.', {
    servers: 'Ports, with the hosts that are served there.',
    selector: 'Labels of the gateway pods.',
  }),
  describeMessage(gatewayServer, 'A port, with the hosts that are served there.', {
    port: 'The port.',
    bind: 'Address to listen on, instead of all.',
    hosts: 'Hosts that are served, as host or namespace/host; wildcards in front are allowed.',
    tls: 'How clients’ connections are encrypted.',
    defaultEndpoint: 'Not carried out by Istio.',
    name: 'A name for logs.',
  }),
  describeMessage(gatewayPort, 'A port of a gateway.', {
    number: 'Its number.',
    protocol: 'HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TCP, TLS or MONGO.',
    name: 'Its name; each is unique within a gateway.',
    targetPort: 'Not carried out by Istio.',
  }),
  describeMessage(serverTlsSettings, 'How clients’ connections are encrypted.', {
    httpsRedirect: 'Answers plain HTTP with a redirect to HTTPS.',
    mode: 'Pass through, TLS, mutual TLS with own certificates, or mutual TLS with those of the mesh.',
    ...pair,
    caCrl: 'File with revoked certificates.',
    credentialName: 'Secret with the certificate and its key.',
    credentialNames: 'Two secrets, for two kinds of keys.',
    caCertCredentialName: 'Secret or ConfigMap with the CAs that clients must be of.',
    tlsCertificates: ['Certificates by files, for two kinds of keys.', pair],
    subjectAltNames: 'Names of which a client’s certificate must have one.',
    verifyCertificateSpki: 'Hashes of keys, of which a client must have one.',
    verifyCertificateHash: 'Hashes of certificates, of which a client must have one.',
    minProtocolVersion: 'Oldest version of TLS.',
    maxProtocolVersion: 'Newest version of TLS.',
    cipherSuites: 'Cipher suites up to TLS 1.2, by Envoy’s names.',
    ecdhCurves: 'Curves for the key exchange.',
    insecureSkipVerify: 'Takes any client certificate: for tests only.',
  }),
];
