import type { Static } from '@sinclair/typebox';
import { flag, int32, list, openMessage, text, texts, words } from '../../schema/builders.js';
import { gatewayObjectReference, backendReference } from './references.js';

const header = openMessage({ name: text, value: text }, ['name', 'value']);

export type HeaderFilter = Static<typeof headerFilter>;
export const headerFilter = openMessage({ set: list(header), add: list(header), remove: texts });

const pathModifier = openMessage(
  {
    type: words('ReplaceFullPath', 'ReplacePrefixMatch'),
    replaceFullPath: text,
    replacePrefixMatch: text,
  },
  ['type'],
);

const fraction = openMessage({ numerator: int32, denominator: int32 }, ['numerator']);

export const mirrorFilter = openMessage({ backendRef: backendReference, percent: int32, fraction }, [
  'backendRef',
]);

export type HttpRouteFilter = Static<typeof httpRouteFilter>;
export const httpRouteFilter = openMessage(
  {
    type: text,
    requestHeaderModifier: headerFilter,
    responseHeaderModifier: headerFilter,
    requestMirror: mirrorFilter,
    requestRedirect: openMessage({
      scheme: text,
      hostname: text,
      path: pathModifier,
      port: int32,
      statusCode: int32,
    }),
    urlRewrite: openMessage({ hostname: text, path: pathModifier }),
    cors: openMessage({
      allowOrigins: texts,
      allowCredentials: flag,
      allowMethods: texts,
      allowHeaders: texts,
      exposeHeaders: texts,
      maxAge: int32,
    }),
    extensionRef: gatewayObjectReference,
  },
  ['type'],
);

export type GrpcRouteFilter = Static<typeof grpcRouteFilter>;
export const grpcRouteFilter = openMessage(
  {
    type: text,
    requestHeaderModifier: headerFilter,
    responseHeaderModifier: headerFilter,
    requestMirror: mirrorFilter,
    extensionRef: gatewayObjectReference,
  },
  ['type'],
);
