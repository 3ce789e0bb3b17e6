import type { Place } from '../../place.js';
import { checkRegex } from '../../checks/check-regex.js';
import { checkPort } from '../../checks/check-number.js';
import type { HttpDirectResponse, HttpMatchRequest, HttpRedirect, HttpRewrite } from './spec.js';

export function validateRedirect(
  redirect: HttpRedirect,
  match: readonly HttpMatchRequest[],
  place: Place,
): void {
  const {
    uri = '',
    prefixRewrite = '',
    authority = '',
    scheme = '',
    port,
    derivePort,
    redirectCode = 0,
  } = redirect;
  if (uri + prefixRewrite + authority + scheme === '' && port === undefined && derivePort === undefined) {
    place.error('needs one of uri, prefixRewrite, authority, scheme, port and derivePort');
  }
  if (uri !== '' && prefixRewrite !== '') place.error('only one of uri and prefixRewrite may be set');
  if (
    prefixRewrite !== '' &&
    match.some(({ uri: wanted }) => (wanted?.exact ?? wanted?.regex) !== undefined)
  ) {
    place
      .at('prefixRewrite')
      .error('needs matches by uri prefix: exact and regex matches have no prefix to replace');
  }
  if (scheme !== '' && scheme !== 'http' && scheme !== 'https')
    place.at('scheme').error('must be http or https');
  if (port !== undefined && port !== 0) checkPort(port, place.at('port'));
  if (redirectCode !== 0 && (redirectCode < 300 || redirectCode > 399)) {
    place.at('redirectCode').error(`${redirectCode} is no redirect; use 301, 302, 303, 307 or 308`);
  }
}

const largeBody = 100 * 1024;
const largestBody = 1024 * 1024;

export function validateDirectResponse({ status, body }: HttpDirectResponse, place: Place): void {
  if (status < 200 || status > 600) place.at('status').error(`${status} is not between 200 and 600`);
  const length = bodyLength(body);
  if (length > largestBody) place.at('body').error('is larger than 1 MB');
  else if (length > largeBody)
    place.at('body').warning('is larger than 100 KB: every proxy keeps it in memory');
}

function bodyLength(body: HttpDirectResponse['body']): number {
  if (body?.bytes !== undefined) return Math.floor((body.bytes.replace(/=+$/u, '').length * 3) / 4);
  return body?.string?.length ?? 0;
}

export function validateRewrite(
  { uri = '', authority = '', uriRegexRewrite }: HttpRewrite,
  place: Place,
): void {
  if (uri === '' && authority === '' && uriRegexRewrite === undefined) {
    place.error('needs one of uri, authority and uriRegexRewrite');
  }
  if (uri !== '' && uriRegexRewrite) place.error('only one of uri and uriRegexRewrite may be set');
  if (uriRegexRewrite === undefined) return;
  const at = place.at('uriRegexRewrite');
  const { match = '', rewrite = '' } = uriRegexRewrite;
  if (match === '') at.at('match').error('is required');
  else checkRegex(match, at.at('match'));
  if (rewrite === '') at.at('rewrite').error('is required');
}
