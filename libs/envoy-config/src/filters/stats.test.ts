import { google, httpWasm, networkWasm, unpackAny, wasm } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { unpacked } from '../testing/emitted.js';
import { statsHttpFilter, statsNetworkFilter } from './stats.js';

function httpPlugin(direction: 'inbound' | 'outbound' | 'gateway'): wasm.PluginConfig | undefined {
  const { configType } = statsHttpFilter(direction);
  return unpacked(configType?.$case === 'typedConfig' ? configType.value : undefined, httpWasm.Wasm).config;
}

describe('the statistics filter', () => {
  it.each([
    ['inbound', 'stats_inbound', '{"disable_host_header_fallback":true}'],
    ['outbound', 'stats_outbound', '{}'],
    ['gateway', 'stats_outbound', '{"disable_host_header_fallback":true}'],
  ] as const)('is told its role by constants: %s', (direction, rootId, configuration) => {
    const plugin = httpPlugin(direction);
    expect(plugin?.rootId).toBe(rootId);
    expect(plugin?.configuration && unpackAny(plugin.configuration, google.StringValue)?.value).toBe(
      configuration,
    );
  });

  it('loads the module that the agent laid out, and lets calls pass when it fails', () => {
    const plugin = httpPlugin('inbound');
    expect(plugin?.failurePolicy).toBe(wasm.FailurePolicy.FAIL_OPEN);
    expect(plugin?.vm?.value.code?.specifier).toMatchObject({
      value: { specifier: { $case: 'filename', value: 'etc/istio/extensions/stats.wasm' } },
    });
  });

  it('is one plugin for HTTP and TCP, so that both live in one virtual machine', () => {
    const { configType } = statsNetworkFilter('inbound');
    const onTcp = unpacked(
      configType?.$case === 'typedConfig' ? configType.value : undefined,
      networkWasm.Wasm,
    );
    expect(onTcp.config).toEqual(httpPlugin('inbound'));
  });
});
