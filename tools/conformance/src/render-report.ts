import type { Difference, SuiteReport } from './run-suites.js';

const valueLimit = 600;

/** The JSON form: one object a suite, with every difference. */
export function renderJson(reports: readonly SuiteReport[]): string {
  const rows = reports.map(({ suite, cases, agree, differ, unsupported, differences }) => ({
    suite,
    cases,
    agree,
    differ,
    unsupported,
    differences: differences.map((each) => ({ ...each, reason: each.reason ?? null })),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** The table, then what differs without a reason, what vanished from the list, and what unsupported cases need. */
export function renderTable(reports: readonly SuiteReport[]): string {
  const header = ['suite', 'cases', 'agree', 'differ', 'not supported yet'];
  const rows = reports.map(({ suite, cases, agree, differ, unsupported }) =>
    [suite, cases, agree, differ, unsupported].map(String),
  );
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(' | ');
  const table = [line(header), widths.map((width) => '-'.repeat(width)).join('-|-'), ...rows.map(line)];
  return [...table, '', ...reports.flatMap(renderDetails)].join('\n');
}

function renderDetails({ suite, differences, vanished, needs }: SuiteReport): string[] {
  return [
    ...differences
      .filter(({ reason }) => reason === undefined)
      .map((each) => `${suite}: ${renderDifference(each)}`),
    ...vanished.map((name) => `${suite}: ${name}: agrees now; strike it off the list of known differences`),
    ...Object.entries(needs).map(([need, count]) => `${suite}: ${count} cases need ${need}`),
  ];
}

function renderDifference({ case: name, want, got }: Difference): string {
  return `${name}\n    want ${renderValue(want)}\n    got  ${renderValue(got)}`;
}

function renderValue(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > valueLimit ? `${text.slice(0, valueLimit)}…` : text;
}
