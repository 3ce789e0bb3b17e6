import type { SourcePosition } from '@istio-ts/foundation';
import type { PathKey } from '../place.js';
import { LineIndex } from './line-index.js';
import { isList } from './list.js';
import { parseFullYaml } from './parse-yaml.js';
import { splitDocuments } from './split-documents.js';

/** Where an object of the text begins, and where its paths stand. */
interface ObjectText {
  readonly line: number | undefined;
  readonly locate: (path: readonly PathKey[]) => SourcePosition;
}

/** A text that manifests were read from, to point into once more: an object keeps only where it begins. */
export class ManifestText {
  private readonly lines: LineIndex;
  private objects: readonly ObjectText[] | undefined;

  constructor(
    file: string,
    private readonly text: string,
  ) {
    this.lines = new LineIndex(file, text);
  }

  /**
   * Where a path of an object stands: its value where that is one word, else its key; or as near to it as the text goes.
   *
   * @param object where the object begins, as its origin says
   */
  locate(object: SourcePosition, path: readonly PathKey[]): SourcePosition {
    this.objects ??= splitDocuments(this.text).flatMap((part) => this.objectsOf(part.text, part.offset));
    return this.objects.find(({ line }) => line === object.line)?.locate(path) ?? object;
  }

  private objectsOf(text: string, base: number): readonly ObjectText[] {
    const outcome = parseFullYaml(text);
    if ('problems' in outcome) return [];
    return outcome.documents.flatMap(({ value, offsetOf }) => {
      const objectAt = (prefix: readonly PathKey[]): ObjectText => {
        const locate = (path: readonly PathKey[]): SourcePosition =>
          this.lines.position(base + offsetOf([...prefix, ...path]));
        return { line: locate([]).line, locate };
      };
      return isList(value) ? value.items.map((_, index) => objectAt(['items', index])) : [objectAt([])];
    });
  }
}
