import { describe, expect, it } from 'vitest';
import { bareImageName, builtInImages, commandLine, parseImageTable } from './image-table.js';

const container = (image: string, command: readonly string[] = [], args: readonly string[] = []) => ({
  image,
  command,
  args,
});

describe('image table', () => {
  it.each([
    ['docker.io/kennethreitz/httpbin', 'kennethreitz/httpbin'],
    ['istioinaction/catalog:latest', 'istioinaction/catalog'],
    ['localhost:5000/team/app:v1@sha256:ab', 'team/app'],
    ['redis:alpine', 'redis'],
  ])('takes registry, tag and digest away: %s', (image, name) => {
    expect(bareImageName(image)).toBe(name);
  });

  it('adds the arguments of the manifest to the command of the image', () => {
    expect(commandLine(container('hashicorp/http-echo:0.2.3', [], ['-text=a']), builtInImages)).toEqual([
      'node',
      '{apps}/http-echo.js',
      '-text=a',
    ]);
  });

  it("prefers the manifest's own command", () => {
    const sleeper = container('governmentpaas/curl-ssl', ['/bin/sleep', '3650d']);
    expect(commandLine(sleeper, builtInImages)).toEqual(['/bin/sleep', '3650d']);
  });

  it('does not know every image', () => {
    expect(commandLine(container('redis:alpine'), builtInImages)).toBeUndefined();
  });

  it('is extended by the user, with patterns and two ways to write a command', () => {
    const table = parseImageTable(
      'redis: redis-server --port 6379\n"acme/*": [node, "/opt/a b.js"]\n',
      'images.yaml',
    );
    expect(commandLine(container('redis:alpine'), table)).toEqual(['redis-server', '--port', '6379']);
    expect(commandLine(container('acme/shop:1'), table)).toEqual(['node', '/opt/a b.js']);
    expect(() => parseImageTable('redis: 1', 'images.yaml')).toThrow(/images\.yaml: the command of "redis"/);
  });
});
