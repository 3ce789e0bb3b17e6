import type { DirectResponseIr } from '@istio-ts/mesh-ir';
import { core, route } from '@istio-ts/xds-types';

export function directResponse({ status, body }: DirectResponseIr): route.DirectResponseAction {
  return route.DirectResponseAction.create({
    status,
    body:
      body === undefined
        ? undefined
        : core.DataSource.create({ specifier: { $case: 'inlineBytes', value: body } }),
  });
}
