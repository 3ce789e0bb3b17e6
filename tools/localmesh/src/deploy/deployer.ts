import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { ChangeReport } from '../control/operations.js';
import type { MeshPaths } from '../runtime/mesh-paths.js';
import type { Pod } from '../runtime/pod.js';
import type { Mesh } from '../supervisor/mesh.js';
import { writeCommand } from '../supervisor/shared-root.js';
import type { Bundles } from './bundles.js';
import { components, isComponent, renderBuild, type Build, type Component } from './component.js';

/** How long new pods may take before the waiting command is told so; they go on trying. */
const patienceMs = 120_000;

/** Puts a fresh build of one component into the running mesh. */
export class Deployer {
  constructor(
    private readonly mesh: Mesh,
    private readonly bundles: Bundles,
    private readonly paths: MeshPaths,
  ) {}

  /** Resolves when every pod that can be replaced runs the build, and the old ones are gone. */
  async deploy(name: string): Promise<ChangeReport> {
    if (!isComponent(name))
      throw new MeshError(
        MeshErrorCode.Usage,
        `"${name}" cannot be deployed: name one of ${components.join(', ')}`,
      );
    const before = this.bundles.current(name);
    const build = await this.bundles.take(name);
    if (build.id === before.id)
      return { lines: [`${name} ${renderBuild(build)} runs already: nothing was changed`], refused: [] };
    this.bundles.use(build);
    if (name === 'agent') await writeCommand(this.paths, { name: 'pilot-agent', program: build.program });
    this.mesh.touch();
    await this.#replaced(build);
    return this.#report(build, before);
  }

  #replaced({ component, id }: Build): Promise<void> {
    return new Promise((resolve, reject) => {
      const isDone = () => this.#pods(component).every((pod) => pod.options.build?.id === id || isBare(pod));
      const stop = this.mesh.onRound(() => {
        if (!isDone()) return;
        clearTimeout(timer);
        stop();
        resolve();
      });
      const timer = setTimeout(() => {
        stop();
        const message = `pods with the new build of ${component} did not become ready within ${String(patienceMs / 1000)} s; the old ones go on (see: localmesh ps)`;
        reject(new MeshError(MeshErrorCode.Unavailable, message));
      }, patienceMs);
    });
  }

  #report(build: Build, before: Build): ChangeReport {
    const { component } = build;
    const pods = this.#pods(component);
    const bare = pods.filter((pod) => pod.options.build?.id !== build.id);
    const count = pods.length - bare.length;
    return {
      lines: [
        `${component} ${renderBuild(build)} runs in ${String(count)} pod${count === 1 ? '' : 's'}, in place of ${renderBuild(before)}`,
      ],
      notes: bare.map(
        ({ identity }) =>
          `pod ${identity.namespace}/${identity.name} keeps its build: nobody starts a bare Pod again; delete and apply it`,
      ),
      refused: [],
    };
  }

  #pods(component: Component): readonly Pod[] {
    return this.mesh.pods.filter(({ options }) => options.build?.component === component);
  }
}

function isBare({ options }: Pod): boolean {
  return options.group.owner.kind === 'Pod';
}
