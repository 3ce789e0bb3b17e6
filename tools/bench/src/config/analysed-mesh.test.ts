import { analyzeSnapshot } from '@istio-ts/config-analysis';
import { expect, it } from 'vitest';
import { analysedMesh, meshSize } from './analysed-mesh.js';

it('the mesh that is analysed has 10,000 objects, of which few are wrong', () => {
  const objects = analysedMesh();
  expect([objects.length, meshSize]).toEqual([10_000, 10_000]);
  const codes = new Set(analyzeSnapshot(objects).issues.map(({ code }) => code));
  expect([...codes].sort()).toEqual(['IST0101', 'IST0161']);
});
