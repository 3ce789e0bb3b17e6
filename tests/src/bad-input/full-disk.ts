import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk of its own, which only root can have; it can be filled and emptied. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  static mount(size: string): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder]);
    return new SmallDisk(folder);
  }

  fill(): void {
    const { bavail, bsize } = statfsSync(this.folder);
    const block = Buffer.alloc(bavail * bsize);
    writeFileSync(join(this.folder, 'filling'), block);
  }

  makeRoom(): void {
    rmSync(join(this.folder, 'filling'));
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.folder]);
    rmdirSync(this.folder);
  }
}
