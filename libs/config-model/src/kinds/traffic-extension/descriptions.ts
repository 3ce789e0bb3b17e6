import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { luaExtension, trafficExtensionSpec } from './spec.js';

export const trafficExtensionDescriptions: readonly MessageTexts[] = [
  describeMessage(
    trafficExtensionSpec,
    'A Wasm module or Lua script in the path of requests; one of wasm and lua.',
    {
      selector: 'Workloads that it is for; all of the namespace where absent.',
      targetRefs: 'Gateways or services that it is for.',
      phase: 'Before which of Istio’s own filters it stands.',
      priority: 'Order within its phase; the highest first.',
      match: 'Traffic that it sees; all where absent.',
      wasm: 'The module.',
      lua: 'The script.',
    },
  ),
  describeMessage(luaExtension, 'A Lua script.', {
    inlineCode: 'The script, with envoy_on_request or envoy_on_response.',
  }),
];
