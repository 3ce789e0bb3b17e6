import pino, { type DestinationStream, type Logger as Pino } from 'pino';
import type { Logger } from '@istio-ts/foundation';

/** Logs as JSON lines. Fields that could hold a secret are blotted out whoever logs them. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: [
      'token',
      'authorization',
      'privateKeyPem',
      'keyPem',
      '*.token',
      '*.authorization',
      '*.privateKeyPem',
    ],
  };
  return adapt(destination === undefined ? pino(options) : pino(options, destination));
}

function adapt(logger: Pino): Logger {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (scope) => adapt(logger.child({ scope })),
  };
}
