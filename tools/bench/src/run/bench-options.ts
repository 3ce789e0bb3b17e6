import { parseArgs } from 'node:util';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { mainSize, parseSize, smallSizes, type Size } from '../scenario/sizes.js';

export interface BenchOptions {
  readonly sizes: readonly Size[];
  /** Measure the reading of configuration and no proxies. */
  readonly onlyConfig: boolean;
  /** Renew the tables and the picture in the documentation, as far as they were measured. */
  readonly write: boolean;
  /** Have istiod write a CPU profile. */
  readonly profile: boolean;
  readonly help: boolean;
}

export const usage = `Measures istiod with simulated proxies and the transport floor beside it, then the reading of configuration.

  npm run bench [-- OPTIONS]

  --quick          the small sizes only: 100x100 and 1000x100
  --size SxP       S services, P proxies; repeatable; instead of the standard sizes
  --large          also 1000x2000
  --only config    the reading of configuration alone
  --write          renew the tables and the picture in docs/, as far as they were measured
  --profile        istiod writes a CPU profile to .cache/bench/profile
  --help           this text

Figures go to the terminal and, as JSON, to .cache/bench.
`;

/** Throws a MeshError USAGE on what it does not know. */
export function parseBenchOptions(argv: readonly string[]): BenchOptions {
  const { values } = parse(argv);
  const onlyConfig = readOnly(values.only);
  const named = (values.size ?? []).map(parseSize);
  const standard = values.quick === true ? smallSizes : [...smallSizes, mainSize];
  const sizes = [
    ...(named.length > 0 ? named : standard),
    ...(values.large === true ? [parseSize('1000x2000')] : []),
  ];
  return {
    sizes: onlyConfig ? [] : sizes,
    onlyConfig,
    write: values.write === true,
    profile: values.profile === true,
    help: values.help === true,
  };
}

function readOnly(only: string | undefined): boolean {
  if (only === undefined || only === 'config') return only === 'config';
  throw new MeshError(MeshErrorCode.Usage, `--only ${only}: there is "--only config"\n\n${usage}`);
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
