/** One port of a service, and where calls to it go now. Without targets it is refused. */
export interface ServiceRule {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly targets: readonly { readonly address: string; readonly port: number }[];
}

/**
 * The node's translation of service addresses, kube-proxy's part: an evenly random choice of the targets, refusal of
 * service addresses that lead nowhere, and a masked source where a pod reaches itself.
 */
export function renderNftRules(rules: readonly ServiceRule[], serviceRange: string): string {
  const services = rules.filter(({ targets }) => targets.length > 0).map((rule) => `  ${nftRule(rule)}`);
  const hairpins = [...new Set(rules.flatMap(({ targets }) => targets.map(({ address }) => address)))];
  return `table ip localmesh
flush table ip localmesh
table ip localmesh {
 chain services {
${services.join('\n')}
 }
 chain incoming {
  type nat hook prerouting priority -100
  jump services
 }
 chain own {
  type nat hook output priority -100
  jump services
 }
 chain refused {
  type filter hook forward priority 0
  ip daddr ${serviceRange} reject
 }
 chain leaving {
  type nat hook postrouting priority 100
${hairpins.map((address) => `  ip saddr ${address} ip daddr ${address} masquerade`).join('\n')}
 }
}
`;
}

function nftRule({ address, port, protocol, targets }: ServiceRule): string {
  const match = `ip daddr ${address} ${protocol} dport ${port}`;
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) return `${match} dnat to ${only.address}:${only.port}`;
  const choices = targets.map((target, index) => `${index} : ${target.address} . ${target.port}`);
  return `${match} dnat ip to numgen random mod ${targets.length} map { ${choices.join(', ')} }`;
}

/** The same for `iptables-restore --noflush`, where nftables is not installed. */
export function renderIptablesRules(rules: readonly ServiceRule[], serviceRange: string): string {
  const services = rules.flatMap((rule) => iptablesRules(rule));
  const hairpins = [...new Set(rules.flatMap(({ targets }) => targets.map(({ address }) => address)))];
  return `*nat
:LOCALMESH-SERVICES - [0:0]
:LOCALMESH-LEAVING - [0:0]
-F PREROUTING
-F OUTPUT
-F POSTROUTING
-A PREROUTING -j LOCALMESH-SERVICES
-A OUTPUT -j LOCALMESH-SERVICES
-A POSTROUTING -j LOCALMESH-LEAVING
${services.join('\n')}
${hairpins.map((address) => `-A LOCALMESH-LEAVING -s ${address} -d ${address} -j MASQUERADE`).join('\n')}
COMMIT
*filter
-F FORWARD
-A FORWARD -d ${serviceRange} -j REJECT
COMMIT
`;
}

function iptablesRules({ address, port, protocol, targets }: ServiceRule): readonly string[] {
  return targets.map((target, index) => {
    const left = targets.length - index;
    const choice = left > 1 ? ` -m statistic --mode random --probability ${(1 / left).toFixed(9)}` : '';
    return `-A LOCALMESH-SERVICES -d ${address}/32 -p ${protocol} --dport ${port}${choice} -j DNAT --to-destination ${target.address}:${target.port}`;
  });
}
