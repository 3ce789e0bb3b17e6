import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventually } from '@istio-ts/testkit';
import type { Answer, Finished, LocalMesh } from '../support/local-mesh.js';
import type { ManifestSet, Role } from './manifest-set.js';

export const namespace = 'istioinaction';
export const webappHost = { host: 'webapp.istioinaction.io' };
export const catalogHost = { host: 'catalog.istioinaction.io' };

/** The coolstore of the scenarios on one mesh: what a person at the keyboard does between the steps. */
export class Bookstore {
  constructor(
    readonly mesh: LocalMesh,
    private readonly manifests: ManifestSet,
  ) {}

  /** Nothing in the namespace but what a fresh one has; injection on. */
  async clean(): Promise<void> {
    await this.mesh.cli('create', 'namespace', namespace);
    await this.mesh.must('label', 'namespace', namespace, 'istio-injection=enabled');
    await this.mesh.must(
      'delete',
      'gateway,virtualservice,destinationrule,peerauthentication',
      '--all',
      '-n',
      namespace,
    );
    await this.mesh.must('delete', 'deployment,service,serviceaccount', '--all', '-n', namespace);
    await this.mesh.cli('delete', 'peerauthentication', '--all', '-n', 'istio-system');
    await eventually(
      async () => expect(await this.mesh.must('get', 'pods', '-n', namespace)).not.toMatch(/Running/),
      30_000,
      200,
    );
  }

  async apply(...given: readonly Role[]): Promise<string> {
    const outputs: string[] = [];
    for (const role of given)
      outputs.push(await this.mesh.must('apply', '-f', this.manifests.file(role), '-n', namespace));
    return outputs.join('');
  }

  async applyTo(target: string, role: Role): Promise<string> {
    return this.mesh.must('apply', '-f', this.manifests.file(role), '-n', target);
  }

  /** A manifest of the moment, outside the folder that the mesh watches; its path. */
  async write(name: string, text: string): Promise<string> {
    const path = join(this.mesh.dataDir, name);
    await writeFile(path, text);
    return path;
  }

  /** The plain client in `default`. */
  async startSleep(): Promise<void> {
    await this.applyTo('default', 'sleep');
    await this.mesh.waitForPods('default', { sleep: 1 });
  }

  curlFromSleep(...args: readonly string[]): Promise<Finished> {
    return this.mesh.exec('deploy/sleep', 'default', ['curl', '-s', '-m', '10', ...args]);
  }

  /** Makes catalog's pods of one version fail a share of their item calls with a status. */
  async blowUp(percentage: number): Promise<void> {
    const settings = JSON.stringify({ active: percentage > 0, type: '500', percentage });
    const post = [
      'curl',
      '-s',
      '-X',
      'POST',
      '-H',
      'Content-Type: application/json',
      '-d',
      settings,
      'localhost:3000/blowup',
    ];
    const { status, stderr } = await this.mesh.exec('deploy/catalog', namespace, post, 'catalog');
    expect(status, stderr).toBe(0);
  }

  /** Waits until calls at the edge answer as wanted, then returns. */
  async until(
    check: (answer: Answer) => void,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await eventually(async () => check(await this.mesh.gateway(path, headers)), 15_000, 100);
  }
}

/** Whether an answer came from version 2: its items have pictures. */
export function isV2({ body }: Answer): boolean {
  return body.includes('imageUrl');
}

export function shareOfV2(answers: readonly Answer[]): number {
  for (const { status, body } of answers) expect(status, body).toBe(200);
  return answers.filter(isV2).length / answers.length;
}

export function shareOfFailures(answers: readonly Answer[]): number {
  return answers.filter(({ status }) => status >= 500).length / answers.length;
}
