/** The parts of a mesh that are built, and put into a running mesh, alone. */
export const components = ['istiod', 'agent', 'gateway'] as const;
export type Component = (typeof components)[number];

export function isComponent(name: string): name is Component {
  return components.some((component) => component === name);
}

/** Where `nx build` leaves a component, in the repository, and the program in it. */
export const distFolders: Readonly<Record<Component, string>> = {
  istiod: 'apps/istiod/dist',
  agent: 'apps/agent/dist',
  gateway: 'apps/gateway/dist',
};
export const programs: Readonly<Record<Component, string>> = {
  istiod: 'istiod.js',
  agent: 'pilot-agent.js',
  gateway: 'gateway.js',
};

/** What a pod runs of a component. */
export interface Build {
  readonly component: Component;
  /** Ten characters of a hash of what was built: the same build has the same id on every machine. */
  readonly id: string;
  /** Of the package. */
  readonly version: string;
  /** The program, as pods see it. */
  readonly program: string;
}

/** `0.1.0-4f1c2d3e5a` */
export const renderBuild = ({ version, id }: Pick<Build, 'version' | 'id'>): string => `${version}-${id}`;
