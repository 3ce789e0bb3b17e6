import type { HeaderChangesIr, HeaderValueIr } from '@istio-ts/mesh-ir';
import { core } from '@istio-ts/xds-types';

/** The four fields that routes and weighted clusters have in common. */
interface HeaderFields {
  readonly requestHeadersToAdd?: readonly core.HeaderValueOption[];
  readonly requestHeadersToRemove?: readonly string[];
  readonly responseHeadersToAdd?: readonly core.HeaderValueOption[];
  readonly responseHeadersToRemove?: readonly string[];
}

export function requestHeaders(ir: HeaderChangesIr | undefined): HeaderFields {
  return ir === undefined ? {} : { requestHeadersToAdd: additions(ir), requestHeadersToRemove: ir.remove };
}

export function responseHeaders(ir: HeaderChangesIr | undefined): HeaderFields {
  return ir === undefined ? {} : { responseHeadersToAdd: additions(ir), responseHeadersToRemove: ir.remove };
}

function additions({ set, add }: HeaderChangesIr): readonly core.HeaderValueOption[] {
  const { OVERWRITE_IF_EXISTS_OR_ADD, APPEND_IF_EXISTS_OR_ADD } = core.HeaderValueOption_HeaderAppendAction;
  return [
    ...set.map((header) => headerOption(header, OVERWRITE_IF_EXISTS_OR_ADD)),
    ...add.map((header) => headerOption(header, APPEND_IF_EXISTS_OR_ADD)),
  ];
}

function headerOption(
  { name, value }: HeaderValueIr,
  appendAction: core.HeaderValueOption_HeaderAppendAction,
): core.HeaderValueOption {
  return core.HeaderValueOption.create({
    header: core.HeaderValue.create({ key: name, value }),
    appendAction,
  });
}
