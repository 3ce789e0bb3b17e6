import { memo } from '@istio-ts/foundation';
import type { AccessLogIr, HttpSettingsIr } from '@istio-ts/mesh-ir';
import {
  accesslog,
  core,
  fileAccessLog,
  packAny,
  reqWithoutQueryFormatter,
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

/** The one operator of Istio's that Envoy does not know of itself. */
const withoutQuery = '%REQ_WITHOUT_QUERY';

const withoutQueryFormatter = core.TypedExtensionConfig.create({
  name: 'envoy.formatter.req_without_query',
  typedConfig: packAny(
    reqWithoutQueryFormatter.ReqWithoutQuery,
    reqWithoutQueryFormatter.ReqWithoutQuery.create(),
  ),
});

function formatters(format: string): readonly core.TypedExtensionConfig[] {
  return format.includes(withoutQuery) ? [withoutQueryFormatter] : [];
}
