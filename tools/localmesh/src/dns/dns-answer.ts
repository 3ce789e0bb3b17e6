import { AUTHORITATIVE_ANSWER, RECURSION_DESIRED, type Answer, type Packet, type Question } from 'dns-packet';
import { lookUp, type DnsZone } from './zone.js';

const responseCode = { success: 0, serverFailure: 2, nameError: 3 } as const;

/** Seconds for which an answer may be kept: services come and go while one looks on. */
const timeToLive = 5;

/**
 * Answers one question from the zone. Names outside the cluster's domain do not exist here: pods have no way out to
 * them. A name that exists without an address of the asked family gets an empty answer, so that a client which asks for
 * IPv6 first goes on to IPv4.
 */
export function answerDns(query: Packet, zone: DnsZone): Packet {
  const [question] = query.questions ?? [];
  const common = {
    id: query.id ?? 0,
    type: 'response' as const,
    questions: query.questions ?? [],
  };
  const flags = AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED);
  if (question === undefined) return { ...common, flags: flags | responseCode.serverFailure };
  const answers = answersTo(question, zone);
  if (answers === undefined) return { ...common, flags: flags | responseCode.nameError };
  return { ...common, flags, answers: [...answers] };
}

function answersTo({ name, type }: Question, zone: DnsZone): readonly Answer[] | undefined {
  const found = lookUp(zone, name);
  if (found.kind === 'absent' || found.kind === 'foreign') return undefined;
  if (found.kind === 'alias') return aliasAnswers(name, found.name, { type, zone });
  if (type !== 'A') return [];
  return found.addresses.map((data) => ({ name, type: 'A', class: 'IN', ttl: timeToLive, data }));
}

function aliasAnswers(
  name: string,
  target: string,
  { type, zone }: { readonly type: Question['type']; readonly zone: DnsZone },
): readonly Answer[] {
  const further =
    lookUp(zone, target).kind === 'alias' ? [] : (answersTo({ name: target, type }, zone) ?? []);
  return [{ name, type: 'CNAME', class: 'IN', ttl: timeToLive, data: target }, ...further];
}
