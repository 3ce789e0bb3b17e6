/** From when until when a certificate is valid, in milliseconds since the epoch. */
export interface Validity {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** Part of a DER value: its tag, and where its contents begin and end. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const tags = { integer: 0x02, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, version: 0xa0 } as const;

/**
 * The validity of the first block of a PEM text, read as an X.509 certificate (RFC 5280, 4.1). Undefined for what is not
 * one. Nothing else in it is checked: whoever serves it does that.
 */
export function readValidity(pem: string): Validity | undefined {
  const block = /-----BEGIN ([^-\n]+)-----([^-]*)-----END \1-----/u.exec(pem)?.[2];
  const der = block === undefined ? undefined : decodeBase64(block);
  if (der === undefined) return undefined;
  const certificate = elementAt(der, 0, der.length);
  if (certificate?.tag !== tags.sequence || certificate.end !== der.length) return undefined;
  const [body, algorithm, signature, ...more] = elementsIn(der, certificate);
  if (body === undefined || algorithm === undefined || signature === undefined || more.length > 0)
    return undefined;
  const fields = elementsIn(der, body);
  const own = fields[0]?.tag === tags.version ? fields.slice(1) : fields;
  const [serial, , , validity] = own;
  if (serial?.tag !== tags.integer || validity?.tag !== tags.sequence || own.length < 6) return undefined;
  const [notBeforeMs, notAfterMs] = elementsIn(der, validity).map((element) => timeOf(der, element));
  return notBeforeMs === undefined || notAfterMs === undefined ? undefined : { notBeforeMs, notAfterMs };
}

function decodeBase64(text: string): Uint8Array | undefined {
  const packed = text.replace(/\s/gu, '');
  if (packed === '' || !/^[0-9A-Za-z+/]+={0,2}$/u.test(packed)) return undefined;
  try {
    return Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** One after the other; empty where one of them goes beyond the end. */
function elementsIn(der: Uint8Array, { start, end }: Element): readonly Element[] {
  const elements: Element[] = [];
  for (let at = start; at < end;) {
    const element = elementAt(der, at, end);
    if (element === undefined) return [];
    elements.push(element);
    at = element.end;
  }
  return elements;
}

function elementAt(der: Uint8Array, at: number, end: number): Element | undefined {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > end) return undefined;
  if (first < 0x80) return bounded({ tag, start: at + 2, end: at + 2 + first }, end);
  const size = first & 0x7f;
  if (size === 0 || size > 4) return undefined;
  const digits = der.subarray(at + 2, at + 2 + size);
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0);
  return bounded({ tag, start: at + 2 + size, end: at + 2 + size + length }, end);
}

function bounded(element: Element, end: number): Element | undefined {
  return element.end <= end ? element : undefined;
}

/** `YYMMDDHHMMSSZ` up to 2049, `YYYYMMDDHHMMSSZ` from then on. */
function timeOf(der: Uint8Array, { tag, start, end }: Element): number | undefined {
  const text = String.fromCharCode(...der.subarray(start, end));
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/u.exec(text);
  if (match === null || (tag !== tags.utcTime && tag !== tags.generalizedTime)) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const full = tag === tags.utcTime ? (year < 50 ? 2000 + year : 1900 + year) : year;
  return Date.UTC(full, month - 1, day, hour, minute, second);
}
