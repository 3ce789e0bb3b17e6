import type {
  HttpMatchRequest,
  L4MatchAttributes,
  PathKey,
  TlsMatchAttributes,
} from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';

type VirtualService = ObjectOf<'VirtualService'>;
type Match = HttpMatchRequest | TlsMatchAttributes | L4MatchAttributes;

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
      ...judge(virtualService, 'tls', tls),
      ...judge(virtualService, 'tcp', tcp),
    ];
  },
});

function judge(object: VirtualService, section: string, rules: readonly Rule[]): readonly Finding[] {
  const findings: Finding[] = [];
  /** Matches by what they take, with the rule that they stand in. */
  const seen = new Map<string, string>();
  let catchAll: string | undefined;
  for (const [index, rule] of rules.entries()) {
    const ruleno = rule.name === undefined || rule.name === '' ? `#${index}` : JSON.stringify(rule.name);
    const path = ['spec', section, index];
    const { match = [] } = rule;
    const duplicates = match.flatMap((each, position) => {
      const dupno = seen.get(shapeOf(each));
      return dupno === undefined ? [] : [{ position, dupno }];
    });
    if (catchAll !== undefined) {
      findings.push(
        unreachable(object, { ruleno, reason: `rule ${catchAll} takes everything before it` }, path),
      );
    } else if (match.length > 0 && duplicates.length === match.length) {
      const reason = 'all of its matches stand in earlier rules too';
      findings.push(unreachable(object, { ruleno, reason }, path));
    } else {
      for (const { position, dupno } of duplicates) {
        const args = { ruleno, matchno: `#${position}`, dupno };
        findings.push(finding('VirtualServiceIneffectiveMatch', object, args, [...path, 'match', position]));
      }
    }
    if (match.length === 0) catchAll ??= ruleno;
    for (const each of match) if (!seen.has(shapeOf(each))) seen.set(shapeOf(each), ruleno);
  }
  return findings;
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
