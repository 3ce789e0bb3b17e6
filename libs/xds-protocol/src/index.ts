export { DeltaClient } from './client/delta-client.js';
export { deltaBetween, type ResourceDelta } from './resource-delta.js';
export { emptySet, setDigest } from './resource-sets.js';
export { isEmpty, planNames, type Plan } from './server/plan.js';
export {
  orderWaitMs,
  ServerSession,
  type PreparedResponse,
  type RequestOutcome,
  type ServerSessionOptions,
  type Targets,
} from './server/server-session.js';
export type { TypeState } from './server/type-state.js';
export { findXdsType, shortTypeName, typeOrder, TypeUrl, type XdsType } from './type-order.js';
export {
  decodeDeltaRequest,
  decodeSotwRequest,
  encodeDeltaRequest,
  encodeSotwRequest,
  type DeltaRequest,
  type DeltaRequestFields,
  type ErrorDetail,
  type SotwRequest,
  type SotwRequestFields,
  type XdsRequest,
} from './wire/request.js';
export {
  decodeDeltaResponse,
  decodeSotwResponse,
  encodeDeltaResponse,
  type DeltaResponse,
  type ReceivedResource,
  type SotwResponse,
  type XdsVariant,
} from './wire/response.js';
