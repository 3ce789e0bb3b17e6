import type { PacketMatch, RuleAction, RuleSpec } from './capture-rule.js';

/** A rule as it follows the chain's name on the command line of iptables. */
export function renderIptablesSpec({ matches, action }: RuleSpec): string {
  return [...matches.map(renderMatch), `-j ${renderAction(action)}`].join(' ');
}

function renderMatch(match: PacketMatch): string {
  const not = 'not' in match && match.not ? '! ' : '';
  switch (match.kind) {
    case 'input':
      return `-i ${match.interface}`;
    case 'output':
      return `-o ${match.interface}`;
    case 'tcp':
      return '-p tcp';
    case 'source':
      return `${not}-s ${match.range}`;
    case 'destination':
      return `${not}-d ${match.range}`;
    case 'port':
      return `${not}--dport ${match.port}`;
    case 'protocol-port':
      return `-p ${match.protocol} --dport ${match.port}`;
    case 'user':
      return `-m owner ${not}--uid-owner ${match.account}`;
    case 'group':
      return `-m owner ${not}--gid-owner ${match.account}`;
    case 'mark':
      return `-m mark ${not}--mark ${match.mark}`;
    case 'connection-mark':
      return `-m connmark --mark ${match.mark}`;
    case 'state':
      return `-m conntrack --ctstate ${match.state}`;
  }
}

function renderAction(action: RuleAction): string {
  switch (action.kind) {
    case 'jump':
      return action.chain;
    case 'redirect':
      return `REDIRECT --to-ports ${action.port}`;
    case 'set-mark':
      return `MARK --set-mark ${action.mark}`;
    case 'save-mark':
    case 'restore-mark':
      return `CONNMARK --${action.kind}`;
    case 'tproxy':
      return `TPROXY --tproxy-mark ${action.mark}/0xffffffff --on-port ${action.port}`;
    default:
      return action.kind.toUpperCase();
  }
}
