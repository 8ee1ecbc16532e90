import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { environmentLoader, memoryFileSystem, nodeFileSystem } from '../../lib/environment';

const files = {
  'environments/tda/production.yaml': 'extends: base.yaml\n',
  'environments/tda/base.yaml': 'abstract: true\nname: tda\n',
  'environments/small.yaml': 'name: small\n',
  'environments/old.yml': 'name: old\n',
  'environments/environment.schema.json': '{}',
};

const root = mkdtempSync(join(tmpdir(), 'kafkon-discover-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const [path, text] of Object.entries({ ...files, 'environments/.hidden/x.yaml': 'a: 1\n' })) {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe.each([
  ['in memory', memoryFileSystem(files)],
  ['on disk', nodeFileSystem(root)],
])('environments %s', (_, fs) => {
  const { environments, problems } = environmentLoader(fs).discover();

  it('are all the .yaml files at any depth, by id, abstract ones marked', () => {
    expect(environments).toEqual([
      { id: 'small', file: 'environments/small.yaml', abstract: false },
      { id: 'tda/base', file: 'environments/tda/base.yaml', abstract: true },
      { id: 'tda/production', file: 'environments/tda/production.yaml', abstract: false },
    ]);
  });

  it('warn of a file with another extension', () => {
    expect(problems.map(({ severity, position }) => [severity, position?.file])).toEqual([['warning', 'environments/old.yml']]);
  });

  it('fail with a problem where there is no directory', () => {
    expect(
      environmentLoader(fs, { directory: 'nowhere' })
        .discover()
        .problems.map(({ code }) => code),
    ).toEqual(['environment/unknown']);
  });

  it('are read with places that do not depend on the machine', () => {
    const loaded = environmentLoader(fs, { parse: (value) => ({ environment: value, problems: [] }) }).load('tda/production');
    expect(loaded.value).toEqual({ name: 'tda' });
    expect(loaded.provenance?.positionOf(['name'])).toEqual({ file: 'environments/tda/base.yaml', line: 2, column: 7 });
  });
});

describe('a file that cannot be read', () => {
  it('fails with the reason', () => {
    writeFileSync(join(root, 'environments/latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    mkdirSync(join(root, 'environments/folder.yaml'));
    const reasons = ['latin', 'folder', 'absent'].map((id) => nodeFileSystem(root).readFile(`environments/${id}.yaml`));
    expect(reasons).toEqual([{ reason: 'it is not UTF-8 text' }, { reason: 'it is a directory' }, { reason: 'no such file' }]);
  });
});
