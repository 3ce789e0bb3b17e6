import ts from 'typescript';

/** One module that a file asks for. `specifier` undefined: computed at run time, so it cannot be judged. */
export interface ImportSite {
  readonly specifier: string | undefined;
  readonly line: number;
  /** The module is loaded for it, before the file itself: no type import, no `import()`. */
  readonly isValue: boolean;
}

/** Every static, dynamic, re-exporting and type import, and every `require`, read from the syntax tree. */
export function readImports(source: ts.SourceFile): readonly ImportSite[] {
  const sites: ImportSite[] = [];
  const visit = (node: ts.Node): void => {
    const argument = moduleArgument(node);
    if (argument !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      const specifier = ts.isStringLiteralLike(argument) ? argument.text : undefined;
      sites.push({ specifier, line: line + 1, isValue: isValue(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sites;
}

function moduleArgument(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? (node.arguments[0] ?? node) : undefined;
}

function isValue(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return !node.isTypeOnly;
  if (!ts.isImportDeclaration(node)) return false;
  return node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
}
