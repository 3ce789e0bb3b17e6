import { Slice, text } from '../../bytes/slice';
import { Writer } from '../../bytes/writer';

/** Envoy's short names, by the position of the bit in the attribute `response.flags`. */
const SHORT_NAMES = text(
  'LH,UH,UT,LR,UR,UF,UC,UO,NR,DI,FI,RL,UAEX,RLSE,DC,URX,SI,IH,DPE,UMSDR,RFCF,NFCF,DT,UPE,NC,OM,DF,DO,DR,UDO',
);
const COMMA: u8 = 44;
const NONE: u8 = 45;
const shortName = new Slice();

/** Appends `-`, or the short names of all flags with commas between. A bit that Envoy has added since stays out. */
export function writeResponseFlags(flags: u64, into: Writer): void {
  const start = into.size;
  for (let bit = 0; flags != 0; bit++, flags >>= 1) {
    if ((flags & 1) == 0) continue;
    SHORT_NAMES.part(COMMA, bit, shortName);
    if (shortName.size == 0) break;
    if (into.size > start) into.byte(COMMA);
    into.bytes(shortName);
  }
  if (into.size == start) into.byte(NONE);
}
