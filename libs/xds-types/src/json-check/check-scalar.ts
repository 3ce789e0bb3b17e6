import { ScalarType, type DescEnum } from '@bufbuild/protobuf';
import type { JsonValue } from '../codec.js';
import type { JsonPlace } from './json-fault.js';

type Check = (value: JsonValue, place: JsonPlace) => void;

/** Bounds of whole numbers, as texts of digits may give them too. */
const unsigned32 = whole(0n, 2n ** 32n - 1n);
const signed32 = whole(-(2n ** 31n), 2n ** 31n - 1n);
const unsigned64 = whole(0n, 2n ** 64n - 1n);
const signed64 = whole(-(2n ** 63n), 2n ** 63n - 1n);

const checks: Readonly<Record<ScalarType, Check>> = {
  [ScalarType.BOOL]: wanting('true or false', (value) => typeof value === 'boolean'),
  [ScalarType.STRING]: wanting('text', (value) => typeof value === 'string'),
  [ScalarType.BYTES]: wanting(
    'base64',
    (value) => typeof value === 'string' && /^[-\w+/]*={0,2}$/u.test(value),
  ),
  [ScalarType.DOUBLE]: wanting('a number', isNumber),
  [ScalarType.FLOAT]: wanting('a number', isNumber),
  [ScalarType.INT32]: signed32,
  [ScalarType.SINT32]: signed32,
  [ScalarType.SFIXED32]: signed32,
  [ScalarType.UINT32]: unsigned32,
  [ScalarType.FIXED32]: unsigned32,
  [ScalarType.INT64]: signed64,
  [ScalarType.SINT64]: signed64,
  [ScalarType.SFIXED64]: signed64,
  [ScalarType.UINT64]: unsigned64,
  [ScalarType.FIXED64]: unsigned64,
};

export function checkScalar(type: ScalarType, value: JsonValue, place: JsonPlace): void {
  checks[type](value, place);
}

/** A word of the enum, or its number. */
export function checkEnum({ values }: DescEnum, value: JsonValue, place: JsonPlace): void {
  if (typeof value === 'number' && Number.isInteger(value)) return;
  const names = values.map(({ name }) => name);
  const found = values.find(({ name }) => name === value);
  if (found === undefined) place.expected(`one of ${names.join(', ')}`, value);
  else if (found.deprecated) place.warning(`${found.name} is deprecated by Envoy`);
}

function wanting(what: string, accepts: (value: JsonValue) => boolean): Check {
  return (value, place) => {
    if (!accepts(value)) place.expected(what, value);
  };
}

function isNumber(value: JsonValue): boolean {
  if (typeof value === 'number') return true;
  return (
    typeof value === 'string' && value.trim() !== '' && (value === 'NaN' || !Number.isNaN(Number(value)))
  );
}

function whole(least: bigint, most: bigint): Check {
  return (value, place) => {
    const written = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    const number =
      /^-?\d+$/u.test(written) || Number.isInteger(value) ? BigInt(value as number | string) : undefined;
    if (number === undefined) place.expected('a whole number', value);
    else if (number < least || number > most) place.error(`${written} is not between ${least} and ${most}`);
  };
}
