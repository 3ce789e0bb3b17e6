import ts from 'typescript';
import type { Violation } from './check-imports.js';
import type { Project } from './read-project.js';

/** Libraries whose code may not know time, chance or waiting: these come in as arguments. */
const pureProjects = new Set([
  'foundation',
  'mesh-ir',
  'config-model',
  'config-analysis',
  'mesh-model',
  'envoy-config',
  'xds-protocol',
  'traffic-simulator',
]);

const ambientCalls = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']);
const ambientMembers = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'process.env',
  'process.hrtime',
]);

export function checkPurity(project: Project, file: string, source: ts.SourceFile): Violation[] {
  if (!pureProjects.has(project.name) || /\.test(-support)?\.ts$|\/testing\//.test(file)) return [];
  const violations: Violation[] = [];
  const visit = (node: ts.Node): void => {
    const message = ambient(node, source);
    if (message !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      violations.push({ file, line: line + 1, message: `${project.name} is pure: ${message}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return violations;
}

function ambient(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) return 'no async';
  if (
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    ambientCalls.has(node.expression.text)
  ) {
    return `no ${node.expression.text}`;
  }
  if (
    ts.isNewExpression(node) &&
    node.expression.getText(source) === 'Date' &&
    (node.arguments ?? []).length === 0
  ) {
    return 'the clock is an argument';
  }
  if (ts.isPropertyAccessExpression(node) && ambientMembers.has(node.getText(source))) {
    return `no ${node.getText(source)}`;
  }
  return undefined;
}
