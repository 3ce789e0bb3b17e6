import { memo } from '@istio-ts/foundation';
import type { AccessLogIr, HttpSettingsIr } from '@istio-ts/mesh-ir';
import {
  accesslog,
  celFormatter,
  core,
  fileAccessLog,
  metadataFormatter,
  packAny,
  reqWithoutQueryFormatter,
  type google,
  type JsonObject,
} from '@istio-ts/xds-types';
import { defaultJsonFormat, defaultTextFormat } from './access-log-format.js';

/** For connection managers and TCP proxies: everything that passes. */
export const accessLogs = memo((settings: HttpSettingsIr): readonly accesslog.AccessLog[] =>
  settings.accessLog === undefined ? [] : [fileLog(settings.accessLog, undefined)],
);

/** For listeners: connections that no filter chain took, which nobody else would report. */
export const listenerAccessLogs = memo((settings: HttpSettingsIr): readonly accesslog.AccessLog[] =>
  settings.accessLog === undefined ? [] : [fileLog(settings.accessLog, noRoute)],
);

const noRoute = accesslog.AccessLogFilter.create({
  filterSpecifier: {
    $case: 'responseFlagFilter',
    value: accesslog.ResponseFlagFilter.create({ flags: ['NR'] }),
  },
});

function fileLog(ir: AccessLogIr, filter: accesslog.AccessLogFilter | undefined): accesslog.AccessLog {
  const config = fileAccessLog.FileAccessLog.create({
    path: ir.path,
    accessLogFormat: { $case: 'logFormat', value: logFormat(ir) },
  });
  return accesslog.AccessLog.create({
    name: 'envoy.access_loggers.file',
    filter,
    configType: { $case: 'typedConfig', value: packAny(fileAccessLog.FileAccessLog, config) },
  });
}

function logFormat(ir: AccessLogIr): core.SubstitutionFormatString {
  if (ir.encoding === 'json') {
    const jsonFormat = typeof ir.format === 'object' ? (ir.format as JsonObject) : defaultJsonFormat;
    return core.SubstitutionFormatString.create({
      format: { $case: 'jsonFormat', value: jsonFormat },
      formatters: formatters(JSON.stringify(jsonFormat)),
      jsonFormatOptions: core.JsonFormatOptions.create({ sortProperties: false }),
    });
  }
  const inlineString = textLine(typeof ir.format === 'string' ? ir.format : defaultTextFormat);
  return core.SubstitutionFormatString.create({
    format: {
      $case: 'textFormatSource',
      value: core.DataSource.create({ specifier: { $case: 'inlineString', value: inlineString } }),
    },
    formatters: formatters(inlineString),
  });
}

/** One entry, one line. */
function textLine(format: string): string {
  return format.endsWith('\n') ? format : `${format}\n`;
}

/** Operators that Envoy does not know of itself, with the extensions that do. */
const formatterExtensions: readonly {
  readonly operator: string;
  readonly name: string;
  readonly config: google.Any;
}[] = [
  {
    operator: '%REQ_WITHOUT_QUERY',
    name: 'envoy.formatter.req_without_query',
    config: packAny(
      reqWithoutQueryFormatter.ReqWithoutQuery,
      reqWithoutQueryFormatter.ReqWithoutQuery.create(),
    ),
  },
  {
    operator: '%METADATA',
    name: 'envoy.formatter.metadata',
    config: packAny(metadataFormatter.Metadata, metadataFormatter.Metadata.create()),
  },
  {
    operator: '%CEL',
    name: 'envoy.formatter.cel',
    config: packAny(celFormatter.Cel, celFormatter.Cel.create()),
  },
];

function formatters(format: string): readonly core.TypedExtensionConfig[] {
  return formatterExtensions
    .filter(({ operator }) => format.includes(operator))
    .map(({ name, config }) => core.TypedExtensionConfig.create({ name, typedConfig: config }));
}
