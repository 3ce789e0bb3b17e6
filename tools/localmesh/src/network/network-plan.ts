/** The addresses of a mesh. All of them live in a network namespace of its own, so they cannot clash with the machine's. */
export interface NetworkPlan {
  readonly bridge: string;
  /** Address of the bridge: the pods' way out of themselves, and their DNS server. */
  readonly gateway: string;
  readonly podRange: string;
  readonly serviceRange: string;
}

/**
 * What makes the node's network, in order. The bridge must not run packets through iptables by itself: a pod that calls
 * its own service would be sent back to the port it came from, which a bridge refuses.
 */
export function nodeCommands({ bridge, gateway, podRange }: NetworkPlan): readonly (readonly string[])[] {
  const prefix = podRange.split('/')[1] ?? '16';
  return [
    ['ip', 'link', 'set', 'lo', 'up'],
    ['ip', 'link', 'add', bridge, 'type', 'bridge'],
    ['ip', 'address', 'add', `${gateway}/${prefix}`, 'dev', bridge],
    ['ip', 'link', 'set', bridge, 'up'],
  ];
}

/** Kernel settings of the node's network namespace; one that the kernel does not have is not needed. */
export function nodeSettings({ bridge }: NetworkPlan): Readonly<Record<string, string>> {
  return {
    'net/ipv4/ip_forward': '1',
    'net/ipv4/conf/all/send_redirects': '0',
    [`net/ipv4/conf/${bridge}/send_redirects`]: '0',
    'net/bridge/bridge-nf-call-iptables': '0',
  };
}

/** Kernel settings of a pod's network namespace: applications without rights may listen on port 80. */
export const podSettings: Readonly<Record<string, string>> = { 'net/ipv4/ip_unprivileged_port_start': '0' };

export interface PodLink {
  /** Name of the node's end of the veth pair. */
  readonly link: string;
  readonly address: string;
  /** A process in the pod's network namespace. */
  readonly pid: number;
}

/** What the node does to connect a pod. */
export function linkCommands(
  { bridge }: NetworkPlan,
  { link, pid }: PodLink,
): readonly (readonly string[])[] {
  return [
    ['ip', 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid)],
    ['ip', 'link', 'set', link, 'master', bridge, 'up'],
  ];
}

/**
 * What is done inside the pod, as one `ip -batch`. Its address is a /32: everything else is reached through the node,
 * which sees both directions of every connection and so can translate service addresses in one place.
 */
export function podBatch({ gateway }: NetworkPlan, { address }: PodLink): string {
  return [
    'link set lo up',
    `address add ${address}/32 dev eth0`,
    'link set eth0 up',
    `route add ${gateway}/32 dev eth0`,
    `route add default via ${gateway} dev eth0`,
  ].join('\n');
}
