export type ExpositionFormat = 'text' | 'openmetrics';

/** Why a body is none of the format; undefined where it is one. */
export function expositionFault(format: ExpositionFormat, body: string): string | undefined {
  const lines = body.split('\n');
  if (lines.pop() !== '') return 'the last line has no end';
  if (format === 'openmetrics' && lines.pop() !== '# EOF') return 'it does not end with "# EOF"';
  return findFault(lines, format);
}

const name = '[a-zA-Z_:][\\w:]*';
const label = `${name}="(?:[^"\\\\]|\\\\.)*"`;
const number = '[+-]?(?:[0-9.]+(?:[eE][+-]?\\d+)?|Inf)|NaN';
const sample = new RegExp(
  `^${name}(?:\\{(?:${label}(?:,${label})*,?)?\\})? (?:${number})(?: [0-9.]+)?$`,
  'u',
);
const type = new RegExp(`^# TYPE (${name}) \\w+$`, 'u');
const note = new RegExp(`^# (?:HELP|UNIT) ${name}(?: .*)?$`, 'u');

function findFault(lines: readonly string[], format: ExpositionFormat): string | undefined {
  const typed = new Set<string>();
  for (const line of lines) {
    const [, family] = type.exec(line) ?? [];
    if (family !== undefined && typed.has(family)) return `${family} has its type twice`;
    if (family !== undefined) typed.add(family);
    else if (!isLineOf(line, format)) return `${JSON.stringify(line)} is no line of the format`;
  }
  return undefined;
}

/** Free comments and empty lines are of the text format alone. */
function isLineOf(line: string, format: ExpositionFormat): boolean {
  if (sample.test(line) || note.test(line)) return true;
  return format === 'text' && (line === '' || (line.startsWith('#') && !line.startsWith('# TYPE ')));
}
