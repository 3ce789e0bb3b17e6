import { parseArgs } from 'node:util';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { mainSize, parseSize, smallSizes, type Size } from '../scenario/sizes.js';

/** What can be measured alone, in the order of measuring: istiod with simulated proxies, and what needs no istiod. */
export const benchParts = ['proxies', 'config', 'filter'] as const;
export type BenchPart = (typeof benchParts)[number];

export interface BenchOptions {
  readonly parts: readonly BenchPart[];
  readonly sizes: readonly Size[];
  /** Renew the tables and the picture in the documentation, as far as they were measured. */
  readonly write: boolean;
  /** Have istiod write a CPU profile. */
  readonly profile: boolean;
  readonly help: boolean;
}

export const usage = `Measures istiod with simulated proxies and the transport floor beside it, then the reading of configuration, then
the statistics filter in a real Envoy.

  npm run bench [-- OPTIONS]

  --quick          the small sizes only: 100x100 and 1000x100
  --size SxP       S services, P proxies; repeatable; instead of the standard sizes
  --large          also 1000x2000
  --only PART      one of: proxies, config (the reading of configuration), filter (the statistics filter)
  --write          renew the tables and the picture in docs/, as far as they were measured
  --profile        istiod writes a CPU profile to .cache/bench/profile
  --help           this text

Figures go to the terminal and, as JSON, to .cache/bench.
`;

/** Throws a MeshError USAGE on what it does not know. */
export function parseBenchOptions(argv: readonly string[]): BenchOptions {
  const { values } = parse(argv);
  const named = (values.size ?? []).map(parseSize);
  const standard = values.quick === true ? smallSizes : [...smallSizes, mainSize];
  const sizes = [
    ...(named.length > 0 ? named : standard),
    ...(values.large === true ? [parseSize('1000x2000')] : []),
  ];
  return {
    parts: readParts(values.only),
    sizes,
    write: values.write === true,
    profile: values.profile === true,
    help: values.help === true,
  };
}

function readParts(only: string | undefined): readonly BenchPart[] {
  if (only === undefined) return benchParts;
  const part = benchParts.find((each) => each === only);
  if (part !== undefined) return [part];
  throw new MeshError(
    MeshErrorCode.Usage,
    `--only ${only}: there is "--only ${benchParts.join('", "--only ')}"\n\n${usage}`,
  );
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        quick: { type: 'boolean' },
        size: { type: 'string', multiple: true },
        large: { type: 'boolean' },
        only: { type: 'string' },
        write: { type: 'boolean' },
        profile: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new MeshError(MeshErrorCode.Usage, `${MeshError.from(error).message}\n\n${usage}`, {
      cause: error,
    });
  }
}
