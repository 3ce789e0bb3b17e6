/**
 * The layer table of the architecture: which project may import which of ours. One truth for the Nx boundary rule
 * (eslint.config.mjs) and for the check that reads the imports itself (check-imports.ts).
 */
export const layers = {
  foundation: [],
  testkit: ['foundation'],
  'xds-types': ['foundation'],
  'config-model': ['foundation'],
  'mesh-ir': ['foundation'],
  pki: ['foundation'],
  'xds-protocol': ['foundation', 'xds-types'],
  'config-analysis': ['foundation', 'config-model'],
  'mesh-model': ['foundation', 'config-model', 'mesh-ir'],
  'envoy-config': ['foundation', 'mesh-ir', 'xds-types'],
  'traffic-simulator': ['foundation', 'xds-types'],
  'proxy-agent': ['foundation', 'config-model', 'pki', 'xds-protocol', 'xds-types'],
  'wasm-filters': [],
};

/** Projects of the top layer: they may import every library, and never each other's insides. */
export const allLibs = Object.keys(layers);

export const layerConstraints = [
  ...Object.entries(layers).map(([name, deps]) => ({
    sourceTag: `lib:${name}`,
    onlyDependOnLibsWithTags: [...deps, 'testkit', name].map((dep) => `lib:${dep}`),
  })),
  ...['app', 'sample'].map((kind) => ({
    sourceTag: `kind:${kind}`,
    onlyDependOnLibsWithTags: allLibs.map((dep) => `lib:${dep}`),
  })),
  {
    // A tool may call another as a package: the conformance runner runs command lines through istioctl's own entry.
    sourceTag: 'kind:tool',
    onlyDependOnLibsWithTags: [...allLibs.map((dep) => `lib:${dep}`), 'kind:tool'],
  },
  { sourceTag: 'kind:test', onlyDependOnLibsWithTags: ['*'] },
];
