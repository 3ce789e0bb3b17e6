import { admin, type core, type JsonValue } from '@istio-ts/xds-types';
import { printMessage, sectionOf, type ConfigDump } from '../dump/config-dump.js';

/** The versions that a proxy is of, as rows of label and value. */
export function bootstrapRows(dump: ConfigDump): readonly (readonly string[])[] {
  const node = sectionOf(dump, admin.BootstrapConfigDump).bootstrap?.node;
  return [
    ['Istio Version:', textOf(node, 'ISTIO_VERSION')],
    ['Istio Proxy Version:', textOf(node, 'ISTIO_PROXY_SHA').replace(/^.*:/, '')],
    ['Envoy Version:', renderEnvoyVersion(node)],
  ];
}

function textOf(node: core.Node | undefined, key: string): string {
  const value = node?.metadata?.[key];
  return typeof value === 'string' ? value : '';
}

/** `1.40.0/Clean/RELEASE/BoringSSL`, as far as the proxy tells. */
function renderEnvoyVersion(node: core.Node | undefined): string {
  const build =
    node?.userAgentVersionType?.$case === 'userAgentBuildVersion'
      ? node.userAgentVersionType.value
      : undefined;
  const { majorNumber = 0, minorNumber = 0, patch = 0 } = build?.version ?? {};
  const details = ['revision.status', 'build.type', 'ssl.version']
    .map((key) => build?.metadata?.[key])
    .filter((value) => typeof value === 'string');
  return [`${majorNumber}.${minorNumber}.${patch}`, ...details].join('/');
}

export function printBootstrap(dump: ConfigDump): JsonValue {
  return printMessage(admin.BootstrapConfigDump, sectionOf(dump, admin.BootstrapConfigDump));
}
