import { FieldCursor } from '../wire/protobuf.js';

/** What a client does with a response's resources. `read` gives the resource's bytes, valid during the call only. */
export interface ResourceVisitor {
  resource(name: string, version: string, read: () => Buffer): void;
  removed(name: string): void;
}

export interface ResponseHead {
  readonly typeUrl: string;
  readonly nonce: string;
  /** Where the resources and the names of removed ones lie. */
  readonly start: number;
  readonly end: number;
}

const top = new FieldCursor();
const inner = new FieldCursor();
const any = new FieldCursor();

/** Type and nonce of a `DeltaDiscoveryResponse`; they may stand behind the resources. */
export function scanHead(message: Buffer): ResponseHead {
  const head = { typeUrl: '', nonce: '', start: message.length, end: 0 };
  top.reset(message);
  while (top.next()) {
    if (top.number === 4) head.typeUrl = top.text();
    else if (top.number === 5) head.nonce = top.text();
    else if (top.number === 2 || top.number === 6) {
      head.start = Math.min(head.start, top.tagStart);
      head.end = top.end;
    }
  }
  return head;
}

/** Names and versions of a response; what is inside the resources is left alone. */
export function scanResources(message: Buffer, visitor: ResourceVisitor): void {
  top.reset(message);
  while (top.next()) {
    if (top.number === 2) scanResource(message, visitor);
    else if (top.number === 6) visitor.removed(top.text());
  }
}

function scanResource(message: Buffer, visitor: ResourceVisitor): void {
  let name = '';
  let version = '';
  let start = 0;
  let end = 0;
  inner.reset(message, top.start, top.end);
  while (inner.next()) {
    if (inner.number === 3) name = inner.text();
    else if (inner.number === 1) version = inner.text();
    else if (inner.number === 2) ({ start, end } = inner);
  }
  visitor.resource(name, version, () => anyValue(message, start, end));
}

function anyValue(message: Buffer, start: number, end: number): Buffer {
  any.reset(message, start, end);
  let value = message.subarray(0, 0);
  while (any.next()) if (any.number === 2) value = message.subarray(any.start, any.end);
  return value;
}
