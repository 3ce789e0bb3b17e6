import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRootMaterial, parseCertificate, type RootMaterial } from '@istio-ts/pki';
import { expect } from 'vitest';
import type { LoadedMesh } from './loaded-mesh.js';

interface CertificatesPage {
  readonly certificates: readonly {
    readonly ca_cert: readonly { readonly serial_number: string }[];
    readonly cert_chain: readonly { readonly serial_number: string }[];
  }[];
}

const clock = { nowMs: () => Date.now(), setTimer: () => () => undefined };

/** The change of a mesh's root: both are trusted first, then the new one signs, then the old one goes. */
export class RootChange {
  private constructor(
    private readonly loaded: LoadedMesh,
    private readonly before: RootMaterial,
    private readonly after: RootMaterial,
  ) {}

  static async prepare(loaded: LoadedMesh): Promise<RootChange> {
    const folder = join(loaded.mesh.dataDir, 'istiod');
    const before = {
      certificatePem: await readFile(join(folder, 'ca-cert.pem'), 'utf8'),
      keyPem: await readFile(join(folder, 'ca-key.pem'), 'utf8'),
    };
    return new RootChange(loaded, before, await createRootMaterial('cluster.local', clock));
  }

  async trustBoth(): Promise<void> {
    await this.plugIn(this.before, [this.before, this.after]);
    await this.everyProxyTrusts([this.before, this.after]);
  }

  /** Every proxy has a certificate that it did not have before. */
  async signWithNew(): Promise<void> {
    const old = await this.leaves();
    await this.plugIn(this.after, [this.before, this.after]);
    await this.loaded.until(async () => {
      const now = await this.leaves();
      expect(now.filter((serial) => old.includes(serial))).toEqual([]);
    });
  }

  async trustNewAlone(): Promise<void> {
    await this.plugIn(this.after, [this.after]);
    await this.everyProxyTrusts([this.after]);
  }

  /** A folder that appears whole, and a control plane that starts with it. */
  private async plugIn(signer: RootMaterial, roots: readonly RootMaterial[]): Promise<void> {
    const folder = join(this.loaded.mesh.dataDir, 'cacerts');
    const files = {
      'ca-cert.pem': signer.certificatePem,
      'ca-key.pem': signer.keyPem,
      'root-cert.pem': roots.map(({ certificatePem }) => certificatePem).join(''),
    };
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, `.${name}`), text);
      await rename(join(folder, `.${name}`), join(folder, name));
    }
    await this.loaded.replaceIstiod();
  }

  private async everyProxyTrusts(roots: readonly RootMaterial[]): Promise<void> {
    const wanted = roots.map(({ certificatePem }) => serialOf(certificatePem)).sort();
    await this.loaded.until(async () => {
      for (const page of await this.pages()) {
        const trusted = page.certificates.flatMap(({ ca_cert }) => ca_cert.map(serial));
        expect([...new Set(trusted)].sort()).toEqual(wanted);
      }
    });
  }

  private async leaves(): Promise<readonly string[]> {
    const pages = await this.pages();
    return pages.flatMap(({ certificates }) =>
      certificates.flatMap(({ cert_chain }) => cert_chain.map(serial)),
    );
  }

  private async pages(): Promise<readonly CertificatesPage[]> {
    const { inside } = this.loaded;
    const pods = [
      ...(await inside.readyPods('shop', '')).map((pod) => ['shop', pod] as const),
      ...(await inside.readyPods('istio-system', 'istio-ingressgateway')).map(
        (pod) => ['istio-system', pod] as const,
      ),
    ];
    return Promise.all(
      pods.map(
        async ([namespace, pod]) =>
          JSON.parse(await inside.admin(pod, namespace, 'certs')) as CertificatesPage,
      ),
    );
  }
}

function serial({ serial_number: number }: { readonly serial_number: string }): string {
  return number.toLowerCase().replace(/^0+/, '');
}

function serialOf(pem: string): string {
  return serial({ serial_number: parseCertificate(pem, 'root').serialNumber });
}
