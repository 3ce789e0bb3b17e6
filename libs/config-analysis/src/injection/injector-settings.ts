import type { World } from '../analyzer.js';
import { defineIndex } from '../object-index.js';

/** Name of the ConfigMap of the injector; that of a revision has the revision behind a dash. */
const configMapName = 'istio-sidecar-injector';

/** The values of the injector that are read here; anything else may stand in a ConfigMap. */
interface InjectorValues {
  readonly global?: {
    readonly hub?: unknown;
    readonly tag?: unknown;
    readonly proxy?: { readonly image?: unknown };
  };
  readonly sidecarInjectorWebhook?: { readonly enableNamespacesByDefault?: unknown };
}

/** The system namespace of an installation is not known from files alone: the name tells. */
const configMapsByName = defineIndex('ConfigMaps by name', ['ConfigMap'], ({ metadata }) => [metadata.name]);

/** Undefined where there is no injector of the revision, or its values cannot be read. */
export function injectorValues(world: World, revision: string): InjectorValues | undefined {
  const name = ['', 'default'].includes(revision) ? configMapName : `${configMapName}-${revision}`;
  const system = world.get('ConfigMap', world.settings.systemNamespace, name);
  const text = (system ?? world.find(configMapsByName, name)[0])?.spec.data?.['values'];
  if (text === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(text);
    return typeof values === 'object' && values !== null ? values : undefined;
  } catch {
    return undefined;
  }
}

/** The image that injection gives a proxy, without variant. */
export function injectedImage(world: World, revision: string): string | undefined {
  const { hub, tag, proxy } = injectorValues(world, revision)?.global ?? {};
  const image = proxy?.image;
  if (typeof image !== 'string') return undefined;
  if (image.includes('/')) return image;
  return typeof hub === 'string' && (typeof tag === 'string' || typeof tag === 'number')
    ? `${hub}/${image}:${tag}`
    : undefined;
}

export function injectsByDefault(world: World): boolean {
  const setting = injectorValues(world, 'default')?.sidecarInjectorWebhook?.enableNamespacesByDefault;
  return setting === true || setting === 'true';
}
