/**
 * The `Accept` header for an application whose lines are to stand in one body with others': protobuf cannot, so it is not
 * asked for, and a range that would allow it is narrowed. Undefined leaves the choice to the application.
 */
export function textFormatsOf(accept: string | undefined): string | undefined {
  if (accept === undefined) return undefined;
  const ranges = accept.split(',').flatMap((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const narrowed = narrow(type.toLowerCase());
    return narrowed === undefined ? [] : [[narrowed, ...parameters].join(';')];
  });
  return ranges.length === 0 ? plainText : ranges.join(',');
}

const plainText = 'text/plain;version=0.0.4';
const openMetricsText = 'application/openmetrics-text;version=1.0.0';

const narrowed: Readonly<Record<string, string>> = {
  'application/*': openMetricsText,
  '*/*': plainText,
};

function narrow(type: string): string | undefined {
  const isText = type.startsWith('text/') || type === 'application/openmetrics-text';
  return isText ? type : narrowed[type];
}
