import type { RedirectIr } from '@istio-ts/mesh-ir';
import { route } from '@istio-ts/xds-types';

const responseCodes = {
  301: route.RedirectAction_RedirectResponseCode.MOVED_PERMANENTLY,
  302: route.RedirectAction_RedirectResponseCode.FOUND,
  303: route.RedirectAction_RedirectResponseCode.SEE_OTHER,
  307: route.RedirectAction_RedirectResponseCode.TEMPORARY_REDIRECT,
  308: route.RedirectAction_RedirectResponseCode.PERMANENT_REDIRECT,
} as const;

export function redirect(ir: RedirectIr): route.RedirectAction {
  return route.RedirectAction.create({
    schemeRewriteSpecifier:
      ir.scheme === undefined ? undefined : { $case: 'schemeRedirect', value: ir.scheme },
    hostRedirect: ir.authority ?? '',
    portRedirect: ir.port ?? 0,
    pathRewriteSpecifier: pathRewrite(ir),
    responseCode: responseCodes[ir.code],
  });
}

function pathRewrite({ path, prefix }: RedirectIr): route.RedirectAction['pathRewriteSpecifier'] {
  if (path !== undefined) return { $case: 'pathRedirect', value: path };
  return prefix === undefined ? undefined : { $case: 'prefixRewrite', value: prefix };
}
