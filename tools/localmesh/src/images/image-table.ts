import { parse } from 'yaml';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { isRecord } from '../store/json-record.js';

/** How an image name is played on this machine. */
export interface ImageEntry {
  /** Image name without registry and tag; `*` stands for any characters. */
  readonly image: string;
  /**
   * The command line, its words separated. `{apps}` stands for the folder of the sample applications, `{istiod}` for the
   * program of the control plane.
   */
  readonly command: readonly string[];
}

const node = (program: string): readonly string[] => ['node', `{apps}/${program}.js`];

/** The images of the samples, of the reference book and of Istio's own samples. The first entry that fits counts. */
export const builtInImages: readonly ImageEntry[] = [
  { image: 'istioinaction/catalog', command: node('catalog') },
  { image: 'istioinaction/webapp', command: node('webapp') },
  { image: 'istioinaction/forum', command: node('forum') },
  { image: 'nicholasjackson/fake-service', command: node('fake-service') },
  { image: 'kennethreitz/httpbin', command: node('httpbin') },
  { image: 'mccutchen/go-httpbin', command: node('httpbin') },
  { image: 'hashicorp/http-echo', command: node('http-echo') },
  { image: 'cjimti/go-echo', command: node('tcp-echo') },
  { image: 'istio/tcp-echo-server', command: node('tcp-echo') },
  { image: 'curlimages/curl', command: node('sleeper') },
  { image: 'governmentpaas/curl-ssl', command: node('sleeper') },
  { image: 'istio-ts/istiod', command: ['node', '{istiod}'] },
  { image: 'istio-ts/gateway', command: ['pilot-agent'] },
];

/** `docker.io/kennethreitz/httpbin:latest@sha256:…` → `kennethreitz/httpbin`. */
export function bareImageName(image: string): string {
  const withoutDigest = image.split('@')[0] ?? image;
  const withoutTag = withoutDigest.replace(/:[^/:]*$/, '');
  const [first = '', ...rest] = withoutTag.split('/');
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isRegistry ? rest.join('/') : withoutTag;
}

/** The command of an image, or nothing where the table does not know it. */
export function commandOf(image: string, table: readonly ImageEntry[]): readonly string[] | undefined {
  const name = bareImageName(image);
  return table.find((entry) => patternOf(entry.image).test(name))?.command;
}

function patternOf(glob: string): RegExp {
  const escaped = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}

/**
 * The entries of a user's table: a YAML mapping from image name to command line, as text or as a list of words. Throws a
 * `USAGE` error that names what does not fit.
 */
export function parseImageTable(text: string, file: string): readonly ImageEntry[] {
  const parsed: unknown = parse(text);
  if (!isRecord(parsed))
    throw new MeshError(MeshErrorCode.Usage, `${file}: expected a mapping from image to command line`);
  return Object.entries(parsed).map(([image, command]) => {
    if (typeof command === 'string')
      return { image, command: command.split(/\s+/).filter((word) => word !== '') };
    const isWords =
      Array.isArray(command) && command.every((word): word is string => typeof word === 'string');
    if (isWords) return { image, command };
    throw new MeshError(
      MeshErrorCode.Usage,
      `${file}: the command of "${image}" must be a text or a list of texts`,
    );
  });
}

/** The command line of a container: the manifest's `command` and `args` over what the image table says, as in Kubernetes. */
export function commandLine(
  container: {
    readonly image: string;
    readonly command: readonly string[];
    readonly args: readonly string[];
  },
  table: readonly ImageEntry[],
): readonly string[] | undefined {
  if (container.command.length > 0) return [...container.command, ...container.args];
  const known = commandOf(container.image, table);
  return known === undefined ? undefined : [...known, ...container.args];
}
