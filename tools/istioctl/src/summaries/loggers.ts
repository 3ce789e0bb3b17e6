import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/** The levels that Envoy's loggers know, and the word that people bring along. */
export const logLevels: readonly string[] = [
  'trace',
  'debug',
  'info',
  'warning',
  'warn',
  'error',
  'critical',
  'off',
  'none',
];
const levelOfEnvoy: Readonly<Record<string, string>> = { warn: 'warning', none: 'off' };

/** A wanted level: of one logger, or of all. */
export interface LevelChange {
  readonly logger?: string;
  readonly level: string;
}

/**
 * @param text `debug`, or `http:debug,router=info`
 * @param known names of the proxy's loggers
 * @throws MeshError (USAGE) for a name or a level that there is not
 */
export function parseLevels(text: string, known: readonly string[]): readonly LevelChange[] {
  return text.split(',').map((part) => {
    const [, logger, level = ''] = /^(?:(.*?)[:=])?(.*)$/s.exec(part.trim()) ?? [];
    if (logger !== undefined && !known.includes(logger)) throw unrecognized('logger name', logger, known);
    if (!logLevels.includes(level)) throw unrecognized('logging level', level, logLevels);
    return { ...(logger !== undefined && { logger }), level: levelOfEnvoy[level] ?? level };
  });
}

function unrecognized(what: string, word: string, known: readonly string[]): MeshError {
  return new MeshError(MeshErrorCode.Usage, `unrecognized ${what}: ${word}; there are ${known.join(', ')}`);
}

/** Names of the loggers in Envoy's answer to `/logging`, which are lines of `  name: level`. */
export function loggerNames(answer: string): readonly string[] {
  return answer.split('\n').flatMap((line) => /^\s+(\S+):\s*\S+\s*$/.exec(line)?.[1] ?? []);
}

/** Paths of Envoy's admin interface that make the changes, in order: for all loggers, then for some by name. */
export function loggingPaths(changes: readonly LevelChange[]): readonly string[] {
  const overall = changes
    .filter(({ logger }) => logger === undefined)
    .map(({ level }) => `logging?level=${level}`);
  const named = changes.flatMap(({ logger, level }) => (logger === undefined ? [] : [`${logger}:${level}`]));
  return named.length === 0 ? overall : [...overall, `logging?paths=${named.join(',')}`];
}
