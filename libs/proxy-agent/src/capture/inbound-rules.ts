import { familyAddresses } from './address-family.js';
import type { CaptureConfig, IpFamily } from './capture-config.js';
import { append, insert, type CaptureRule } from './capture-rule.js';

/** What comes to the pod goes to Envoy's inbound port, but for exempt ports. */
export function inboundRules(config: CaptureConfig, family: IpFamily): readonly CaptureRule[] {
  if (config.inboundPorts !== 'all' && config.inboundPorts.length === 0) return [];
  return config.mode === 'TPROXY' ? tproxyRules(config, family) : redirectRules(config);
}

/** Selectors of the captured inbound ports: empty for all of them. */
function portSelectors({ inboundPorts }: CaptureConfig): readonly string[] {
  return inboundPorts === 'all' ? [''] : inboundPorts.map((port) => ` --dport ${port}`);
}

function exemptPorts({ inboundPorts, excludedInboundPorts }: CaptureConfig): readonly string[] {
  return inboundPorts === 'all' ? excludedInboundPorts.map((port) => `-p tcp --dport ${port} -j RETURN`) : [];
}

function redirectRules(config: CaptureConfig): readonly CaptureRule[] {
  const captured = portSelectors(config).map((ports) => `-p tcp${ports} -j ISTIO_IN_REDIRECT`);
  return [
    ...append('nat', 'PREROUTING', '-p tcp -j ISTIO_INBOUND'),
    ...append('nat', 'ISTIO_INBOUND', ...exemptPorts(config), ...captured),
  ];
}

/** The application sees the client's address: packets are steered, not rewritten, and marks say who has been to Envoy. */
function tproxyRules(config: CaptureConfig, family: IpFamily): readonly CaptureRule[] {
  const { tproxyMark: mark, inboundPort } = config;
  const { loopback } = familyAddresses(family, config);
  const captured = portSelectors(config).flatMap((ports) => [
    `-p tcp${ports} -m conntrack --ctstate RELATED,ESTABLISHED -j ISTIO_DIVERT`,
    `-p tcp${ports} -j ISTIO_TPROXY`,
  ]);
  return [
    ...append('mangle', 'ISTIO_DIVERT', `-j MARK --set-mark ${mark}`, '-j ACCEPT'),
    ...append(
      'mangle',
      'ISTIO_TPROXY',
      `! -d ${loopback} -p tcp -j TPROXY --tproxy-mark ${mark}/0xffffffff --on-port ${inboundPort}`,
    ),
    ...append('mangle', 'PREROUTING', '-p tcp -j ISTIO_INBOUND'),
    ...append('mangle', 'ISTIO_INBOUND', ...exemptPorts(config), ...captured),
    ...markRules(config, family),
  ];
}

function markRules(config: CaptureConfig, family: IpFamily): readonly CaptureRule[] {
  const { tproxyMark: mark, proxy } = config;
  const toSelf = mark + 1;
  const { loopback, passthroughSource } = familyAddresses(family, config);
  const owners =
    proxy.kind === 'owner'
      ? [
          ...proxy.uids.map((uid) => `owner --uid-owner ${uid}`),
          ...proxy.gids.map((gid) => `owner --gid-owner ${gid}`),
        ]
      : [`mark --mark ${proxy.mark}`];
  return [
    ...append('mangle', 'PREROUTING', `-p tcp -m mark --mark ${mark} -j CONNMARK --save-mark`),
    ...append('mangle', 'OUTPUT', `-p tcp -o lo -m mark --mark ${mark} -j RETURN`),
    ...owners.flatMap((owner) =>
      append('mangle', 'OUTPUT', `! -d ${loopback} -p tcp -o lo -m ${owner} -j MARK --set-mark ${toSelf}`),
    ),
    ...append('mangle', 'OUTPUT', `-p tcp -m connmark --mark ${mark} -j CONNMARK --restore-mark`),
    insert('mangle', 'ISTIO_INBOUND', 1, `-p tcp -m mark --mark ${mark} -j RETURN`),
    insert('mangle', 'ISTIO_INBOUND', 2, `-p tcp -s ${passthroughSource} -i lo -j RETURN`),
    insert('mangle', 'ISTIO_INBOUND', 3, `-p tcp -i lo -m mark ! --mark ${toSelf} -j RETURN`),
  ];
}
