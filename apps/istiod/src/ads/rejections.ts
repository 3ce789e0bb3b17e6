import { planNames, type Plan } from '@istio-ts/xds-protocol';

/** Why a proxy does not take the newest version of a resource. */
export interface Rejection {
  /** The objects that may have caused it, `VirtualService/default/reviews`: those that changed, where that is known. */
  readonly objects: readonly string[];
  /** The proxy's own words; of long ones the beginning. */
  readonly message: string;
}

/** Envoy quotes what it does not take, up to thousands of characters. */
const longestWords = 400;

/** What one proxy rejects, from the first rejection of a resource until a version of it is acknowledged. */
export class Rejections {
  private readonly byResource = new Map<string, Rejection>();

  /**
   * A resource made of these objects, of which some just changed, was rejected. An object that caused an earlier rejection
   * may have caused this one too: the proxy has not taken any version in between.
   */
  note(
    typeUrl: string,
    name: string,
    found: {
      readonly origins: readonly string[];
      readonly changed: readonly string[];
      readonly message: string;
    },
  ): Rejection {
    const { origins, changed, message } = found;
    const suspects = new Set([...(this.find(typeUrl, name)?.objects ?? []), ...changed]);
    const blamed = origins.filter((origin) => suspects.has(origin));
    const rejection = { objects: blamed.length > 0 ? blamed : origins, message: beginning(message) };
    this.byResource.set(key(typeUrl, name), rejection);
    return rejection;
  }

  find(typeUrl: string, name: string): Rejection | undefined {
    return this.byResource.get(key(typeUrl, name));
  }

  acknowledged(typeUrl: string, plan: Plan): void {
    if (this.byResource.size === 0) return;
    for (const name of planNames(plan)) this.byResource.delete(key(typeUrl, name));
  }
}

function beginning(words: string): string {
  if (words.length <= longestWords) return words;
  return `${words.slice(0, longestWords)}… (of ${words.length} characters; all of them are in istiod’s log)`;
}

function key(typeUrl: string, name: string): string {
  return `${typeUrl} ${name}`;
}
