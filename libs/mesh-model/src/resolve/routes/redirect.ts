import { virtualServiceDefaults, type HttpDirectResponse, type HttpRedirect } from '@istio-ts/config-model';
import type { DirectResponseIr, RedirectIr } from '@istio-ts/mesh-ir';

const codes = [301, 302, 303, 307, 308] as const;

/** `request`: what the redirected request came in by. A port that its scheme implies is not written out. */
export function resolveRedirect(
  written: HttpRedirect,
  request: { readonly port: number; readonly tls: boolean },
): RedirectIr {
  const scheme = written.scheme ?? (request.tls ? 'https' : 'http');
  const port = written.derivePort === 'FROM_REQUEST_PORT' ? request.port : written.port;
  const implied = (port === 80 && scheme === 'http') || (port === 443 && scheme === 'https');
  return {
    kind: 'redirect',
    scheme: written.scheme,
    authority: written.authority,
    port: implied ? undefined : port,
    path: written.uri,
    prefix: written.prefixRewrite,
    code: codes.find((code) => code === written.redirectCode) ?? virtualServiceDefaults.redirectCode,
  };
}

export function resolveDirectResponse({ status, body }: HttpDirectResponse): DirectResponseIr {
  return { kind: 'direct-response', status, body: bodyOf(body) };
}

function bodyOf(body: HttpDirectResponse['body']): Uint8Array | undefined {
  if (body?.string !== undefined) return new TextEncoder().encode(body.string);
  return body?.bytes === undefined
    ? undefined
    : Uint8Array.from(atob(body.bytes), (char) => char.charCodeAt(0));
}
