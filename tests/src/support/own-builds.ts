import { appendFile, chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './local-mesh.js';

const copied = [
  'apps/istiod/dist',
  'apps/agent/dist',
  'apps/gateway/dist',
  'apps/istiod/package.json',
  'apps/agent/package.json',
  'apps/gateway/package.json',
  'samples/apps/dist',
  'tools/localmesh/dist',
  'tools/localmesh/manifests',
];

/** The builds of this repository in a place of their own, where a test may make fresh ones. */
export class OwnBuilds {
  private constructor(private readonly root: string) {}

  static async copy(): Promise<OwnBuilds> {
    const root = await mkdtemp(join(tmpdir(), 'builds-'));
    await chmod(root, 0o755);
    for (const path of copied) {
      const filter = (source: string): boolean => !source.endsWith('.map');
      await cp(join(repository, path), join(root, path), { recursive: true, filter });
    }
    await mkdir(join(root, 'tools'), { recursive: true });
    await symlink(join(repository, 'tools/envoy'), join(root, 'tools/envoy'));
    return new OwnBuilds(root);
  }

  /** localmesh itself: what it deploys it finds beside itself. */
  get localmesh(): string {
    return join(this.root, 'tools/localmesh/dist/localmesh.js');
  }

  /** What a change of the source and `nx build` would leave: another program that does the same. */
  async renew(
    program: 'apps/istiod/dist/istiod.js' | 'apps/agent/dist/pilot-agent.js' | 'apps/gateway/dist/gateway.js',
  ): Promise<void> {
    await appendFile(join(this.root, program), '\n// built again\n');
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
