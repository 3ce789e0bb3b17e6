import type { PathKey, TrafficPolicy } from '@istio-ts/config-model';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { fullName, type ObjectOf } from '../analyzed-object.js';

type DestinationRule = ObjectOf<'DestinationRule'>;
type TlsSettings = NonNullable<TrafficPolicy['tls']>;

export const caCertificateAnalyzer = defineAnalyzer({
  name: 'destinationrule.CaCertificateAnalyzer',
  summary: 'DestinationRules that open TLS check the certificate of the server',
  each: ['DestinationRule'],
  analyze: (rule) => {
    const { tls, portLevelSettings = [] } = rule.spec.trafficPolicy ?? {};
    return [
      ...judge(rule, tls, { path: ['spec', 'trafficPolicy', 'tls'] }),
      ...portLevelSettings.flatMap(({ tls: own, port }, index) =>
        judge(rule, own, {
          port: String(port?.number ?? ''),
          path: ['spec', 'trafficPolicy', 'portLevelSettings', index, 'tls'],
        }),
      ),
    ];
  },
});

interface Place {
  readonly port?: string;
  readonly path: readonly PathKey[];
}

function judge(
  rule: DestinationRule,
  tls: TlsSettings | undefined,
  { port, path }: Place,
): readonly Finding[] {
  const mode = tls?.mode;
  if ((mode !== 'SIMPLE' && mode !== 'MUTUAL') || isVerified(rule, tls ?? {})) return [];
  const { namespace } = rule.metadata;
  const args = { destinationrule: fullName(rule), namespace, mode, host: rule.spec.host };
  return [
    port === undefined
      ? finding('NoServerCertificateVerificationDestinationLevel', rule, args, path)
      : finding('NoServerCertificateVerificationPortLevel', rule, { ...args, port }, path),
  ];
}

/** A credential is only fetched where the rule says for which workloads. */
function isVerified({ spec }: DestinationRule, tls: TlsSettings): boolean {
  const { caCertificates = '', credentialName = '' } = tls;
  if (caCertificates !== '') return true;
  return credentialName !== '' && spec.workloadSelector !== undefined;
}
