import { familyOf } from './address-family.js';
import type { PacketMatch, RuleAction, RuleSpec } from './capture-rule.js';

/** A chain's name in nftables' form. */
export function nftChain(chain: string): string {
  return chain.toLowerCase().replaceAll('_', '-');
}

/** In this order; what is not here needs nothing before it. */
const order: readonly PacketMatch['kind'][] = [
  'input',
  'output',
  'tcp',
  'state',
  'source',
  'destination',
  'port',
];

/** A rule as it follows the chain's name in a script of nft. Every rule counts what it meets. */
export function renderNftSpec(rule: RuleSpec): string {
  const { matches } = rule;
  // Only TCP is captured; iptables' form does not say so of packets out of window.
  const isTcp = matches.some(({ kind }) => kind === 'tcp') || !matches.some(({ kind }) => kind === 'state');
  const all: readonly PacketMatch[] = isTcp ? matches : [{ kind: 'tcp' }, ...matches];
  const placed = order.flatMap((kind) => all.filter((match) => match.kind === kind));
  const rest = all.filter(({ kind }) => !order.includes(kind));
  return [...[...placed, ...rest].map(renderMatch), renderAction(rule)].join(' ');
}

function renderMatch(match: PacketMatch): string {
  const not = 'not' in match && match.not ? '!= ' : '';
  switch (match.kind) {
    case 'input':
      return `iifname ${renderInterface(match.interface)}`;
    case 'output':
      return `oifname ${renderInterface(match.interface)}`;
    case 'tcp':
      return 'meta l4proto tcp';
    case 'source':
      return `${protocolOf(match.range)} saddr ${not}${match.range}`;
    case 'destination':
      return `${protocolOf(match.range)} daddr ${not}${match.range}`;
    case 'port':
      return `tcp dport ${not}${match.port}`;
    case 'protocol-port':
      return `${match.protocol} dport ${match.port}`;
    case 'user':
      return `skuid ${not}${match.account}`;
    case 'group':
      return `skgid ${not}${match.account}`;
    case 'mark':
      return `mark ${not}${match.mark}`;
    case 'connection-mark':
      return `ct mark ${match.mark}`;
    case 'state':
      return `ct state ${match.state.toLowerCase()}`;
  }
}

/** `eth+` is every interface that begins so; names that nft's language does not take for words are quoted. */
function renderInterface(name: string): string {
  const pattern = name.replace(/\+$/, '*');
  return /^[a-z][\w.-]*$/i.test(pattern) ? pattern : `"${pattern}"`;
}

function protocolOf(range: string): string {
  return range.includes(':') ? 'ip6' : 'ip';
}

function renderAction(rule: RuleSpec): string {
  const { action } = rule;
  if (action.kind !== 'tproxy') return `counter ${renderVerdict(action)}`;
  const protocol = familyOf(rule) === 6 ? 'ip6' : 'ip';
  return `tproxy ${protocol} to :${action.port} meta mark set ${action.mark} counter accept`;
}

function renderVerdict(action: Exclude<RuleAction, { readonly kind: 'tproxy' }>): string {
  switch (action.kind) {
    case 'jump':
      return `jump ${nftChain(action.chain)}`;
    case 'redirect':
      return `redirect to :${action.port}`;
    case 'set-mark':
      return `meta mark set ${action.mark}`;
    case 'save-mark':
      return 'ct mark set mark';
    case 'restore-mark':
      return 'meta mark set ct mark';
    default:
      return action.kind;
  }
}
