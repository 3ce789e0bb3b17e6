import type {
  HttpMatchRequest,
  L4MatchAttributes,
  PathKey,
  TlsMatchAttributes,
} from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { coveredPrefixes } from './covered-prefixes.js';
import { ruleName } from './rule-names.js';

type VirtualService = ObjectOf<'VirtualService'>;
type Match = HttpMatchRequest | L4MatchAttributes | TlsMatchAttributes;

interface Rule {
  readonly name?: string;
  readonly match?: readonly Match[];
}

/** What Istio's check of single VirtualServices says of rules that come too late. */
export const unreachableRulesAnalyzer = defineAnalyzer({
  name: 'schema.ValidationAnalyzer.VirtualService',
  summary: 'every rule and match of a VirtualService can be reached',
  each: ['VirtualService'],
  analyze: (virtualService) => {
    const { http = [], tls = [], tcp = [] } = virtualService.spec;
    return [
      ...judge(virtualService, 'http', http),
      ...coveredPrefixes(virtualService),
      ...judge(virtualService, 'tls', tls),
      ...judge(virtualService, 'tcp', tcp),
    ];
  },
});

function judge(object: VirtualService, section: string, rules: readonly Rule[]): readonly Finding[] {
  /** Matches by what they take, with the rule that they stand in. */
  const seen = new Map<string, string>();
  const catchAll = rules.findIndex(({ match = [] }) => match.length === 0);
  return rules.flatMap((rule, index) => {
    const ruleno = ruleName(rule, index);
    const path = ['spec', section, index];
    if (catchAll !== -1 && index > catchAll) {
      const reason = `rule ${ruleName(rules[catchAll] ?? {}, catchAll)} takes everything before it`;
      return [unreachable(object, { ruleno, reason }, path)];
    }
    return judgeMatches(object, { ruleno, match: rule.match ?? [], path }, seen);
  });
}

interface PlacedRule {
  readonly ruleno: string;
  readonly match: readonly Match[];
  readonly path: readonly PathKey[];
}

/** Adds the matches of a rule to those seen. */
function judgeMatches(
  object: VirtualService,
  { ruleno, match, path }: PlacedRule,
  seen: Map<string, string>,
): readonly Finding[] {
  const duplicates = match.flatMap((each, position) => {
    const shape = shapeOf(each);
    const dupno = seen.get(shape);
    if (dupno === undefined) {
      seen.set(shape, ruleno);
      return [];
    }
    const matchno = ruleName('name' in each ? each : {}, position);
    const args = { ruleno, matchno, dupno };
    return [finding('VirtualServiceIneffectiveMatch', object, args, [...path, 'match', position])];
  });
  if (match.length === 0 || duplicates.length < match.length) return duplicates;
  const reason = 'all of its matches stand in earlier rules too';
  return [...duplicates, unreachable(object, { ruleno, reason }, path)];
}

function unreachable(
  object: VirtualService,
  args: { readonly ruleno: string; readonly reason: string },
  path: readonly PathKey[],
): Finding {
  return finding('VirtualServiceUnreachableRule', object, args, path);
}

/** A match without its name, which takes no requests away. */
function shapeOf(match: Match): string {
  return JSON.stringify({ ...match, name: undefined });
}
