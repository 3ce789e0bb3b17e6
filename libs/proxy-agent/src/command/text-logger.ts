import { pino } from 'pino';
import { MeshError, MeshErrorCode, type LogFields, type Logger } from '@istio-ts/foundation';

const levels = ['debug', 'info', 'warn', 'error', 'none'] as const;
type Level = (typeof levels)[number];

/** Levels by scope; `default` for the others. */
export type LogLevels = ReadonlyMap<string, Level>;

/** Reads Istio's form: `info`, `default:info,xds:debug`. */
export function parseLogLevels(text: string): LogLevels {
  const entries = text.split(',').map((part) => {
    const [first = '', second] = part.split(':');
    return second === undefined
      ? (['default', parseLevel(first)] as const)
      : ([first, parseLevel(second)] as const);
  });
  return new Map(entries);
}

export interface AgentLoggerOptions {
  readonly levels: LogLevels;
  readonly asJson: boolean;
  readonly write: (line: string) => void;
}

/** The agent's log: Istio's tab-separated lines (time, level, scope, message, `key=value`), or JSON by pino. */
export function createAgentLogger(options: AgentLoggerOptions, scope = 'agent'): Logger {
  const write = options.asJson ? jsonWriter(options, scope) : textWriter(options, scope);
  const least = levels.indexOf(options.levels.get(scope) ?? options.levels.get('default') ?? 'info');
  const at =
    (level: Exclude<Level, 'none'>) =>
    (message: string, fields: LogFields = {}): void => {
      if (levels.indexOf(level) >= least) write(level, message, fields);
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (name) => createAgentLogger(options, name),
  };
}

type Write = (level: Exclude<Level, 'none'>, message: string, fields: LogFields) => void;

function textWriter({ write }: AgentLoggerOptions, scope: string): Write {
  return (level, message, fields) => {
    const pairs = Object.entries(fields).map(([key, value]) => `${key}=${renderValue(value)}`);
    write(`${[new Date().toISOString(), level, scope, message, ...pairs].join('\t')}\n`);
  };
}

function jsonWriter({ write }: AgentLoggerOptions, scope: string): Write {
  const logger = pino({ level: 'debug', base: { scope }, messageKey: 'msg' }, { write });
  return (level, message, fields) => logger[level](fields, message);
}

function renderValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseLevel(text: string): Level {
  const known = levels.find((level) => level === (text === 'warning' ? 'warn' : text));
  if (known !== undefined) return known;
  throw new MeshError(MeshErrorCode.Usage, `"${text}" is no log level: use ${levels.join(', ')}`);
}
