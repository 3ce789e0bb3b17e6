import { isCidr, parseProxySettings } from '@istio-ts/config-model';

/** What is wrong with the value of an annotation; undefined where it can be used, or nobody says what it has to be. */
export function annotationFault(annotation: string, value: string): string | undefined {
  return checks.get(annotation)?.(value);
}

type Check = (value: string) => string | undefined;

const number: Check = (value) =>
  /^\d{1,10}$/.test(value) ? undefined : `${JSON.stringify(value)} is not a whole number`;

const port: Check = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : `${JSON.stringify(value)} is not a port`;

const ports: Check = (value) => firstFault(value, port);
const portsOrAll: Check = (value) => (value === '*' ? undefined : ports(value));

const networks: Check = (value) =>
  firstFault(value, (each) =>
    isCidr(each) ? undefined : `${JSON.stringify(each)} is not a network like 10.0.0.0/8`,
  );
const networksOrAll: Check = (value) => (value === '*' ? undefined : networks(value));

const truth: Check = (value) =>
  /^(?:1|0|[tTfF]|TRUE|True|true|FALSE|False|false)$/.test(value)
    ? undefined
    : `${JSON.stringify(value)} is neither true nor false`;

const interception: Check = (value) =>
  ['REDIRECT', 'TPROXY', 'NONE'].includes(value)
    ? undefined
    : `${JSON.stringify(value)} is none of REDIRECT, TPROXY, NONE`;

const proxySettings: Check = (value) => {
  const parsed = parseProxySettings(value);
  return parsed.ok ? undefined : parsed.error.map(({ message }) => message).join('; ');
};

const checks: ReadonlyMap<string, Check> = new Map([
  ['proxy.istio.io/config', proxySettings],
  ['sidecar.istio.io/interceptionMode', interception],
  ['sidecar.istio.io/nativeSidecar', truth],
  ['status.sidecar.istio.io/port', port],
  ['readiness.status.sidecar.istio.io/initialDelaySeconds', number],
  ['readiness.status.sidecar.istio.io/periodSeconds', number],
  ['readiness.status.sidecar.istio.io/failureThreshold', number],
  ['readiness.status.sidecar.istio.io/applicationPorts', ports],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', networksOrAll],
  ['traffic.sidecar.istio.io/excludeOutboundIPRanges', networks],
  ['traffic.sidecar.istio.io/includeInboundPorts', portsOrAll],
  ['traffic.sidecar.istio.io/excludeInboundPorts', ports],
  ['traffic.sidecar.istio.io/includeOutboundPorts', portsOrAll],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', ports],
]);

/** Of a list separated by commas; an empty one is fine. */
function firstFault(value: string, check: Check): string | undefined {
  const items = value.split(',').map((item) => item.trim());
  return items
    .filter((item) => item !== '')
    .map(check)
    .find((fault) => fault !== undefined);
}
