/** Projects that each library may import. */
export declare const layers: Readonly<Record<string, readonly string[]>>;
export declare const allLibs: readonly string[];
export declare const layerConstraints: readonly {
  readonly sourceTag: string;
  readonly onlyDependOnLibsWithTags: readonly string[];
}[];
