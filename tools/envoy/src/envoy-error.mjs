/**
 * An Envoy that cannot be had or must not be used. The message is for the person at the terminal: what is wrong, with which
 * file, and what to do. Told apart by `code`, so that callers need not read the words.
 *
 * @typedef {'not-runnable' | 'wrong-version' | 'no-v8' | 'unsupported-platform' | 'no-python' | 'no-pip' | 'install-failed'
 *   | 'hash-mismatch' | 'cache-unwritable' | 'lock-timeout'} EnvoyErrorCode
 */
export class EnvoyError extends Error {
  /**
   * @param {EnvoyErrorCode} code
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'EnvoyError';
    this.code = code;
  }
}
