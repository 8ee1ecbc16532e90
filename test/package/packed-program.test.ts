import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { root } from '../architecture/sources';
import { temporaryFolders } from '../support/temporary-folder';

const newFolder = temporaryFolders();
let folder: string;

beforeEach(() => {
  folder = newFolder('packed');
});

const caches = () => join(folder, 'caches');
const codes = () =>
  readdirSync(join(caches(), 'code'))
    .map((name) => join(caches(), 'code', name))
    .map((path) => ({ path, inode: statSync(path).ino }));

/** What a run says; it leaves compiled code in `caches()`. */
function said(words: readonly string[], { directory = root, cache = caches() } = {}): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(directory, 'build/apps/cli/main.js'), ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, KAFKON_CACHE_DIR: cache },
  });
  return { stdout, stderr, status };
}

/** The package with a build of its own, which may be changed. */
function copyOfPackage(): string {
  const directory = join(folder, 'package');
  mkdirSync(directory);
  for (const name of ['build/apps', 'build/lib', 'build/program.js', 'build/program.id'])
    cpSync(join(root, name), join(directory, name), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(directory, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}

const words = ['validate', 'kraft/production'];

describe('the packed program', () => {
  it('says what its modules say', () => {
    const directory = copyOfPackage();
    for (const some of [words, ['--help'], ['complete', '--', 'show', 'kraft/'], ['show', 'kraft/production'], ['validate', 'no/such']]) {
      const packed = said(some, { directory });
      rmSync(join(directory, 'build/program.id'));
      expect(said(some, { directory })).toEqual(packed);
      copyFileSync(join(root, 'build/program.id'), join(directory, 'build/program.id'));
    }
  });

  it('leaves what V8 compiled to the next run of the same command, which has nothing to add', () => {
    const first = said(words);
    const left = codes();
    expect(left).toHaveLength(1);
    expect(said(words)).toEqual(first);
    expect(codes()).toEqual(left);
    said(['--version']);
    expect(codes()).toHaveLength(2);
  });

  it('adds to it when more of the program was loaded', () => {
    said(['validate', '--help']);
    const [{ path } = { path: '' }] = codes();
    const little = statSync(path).size;
    said(words);
    expect(codes().map((code) => code.path)).toEqual([path]);
    expect(statSync(path).size).toBeGreaterThan(little);
  });

  it('does without what was damaged, and replaces it', () => {
    const first = said(words);
    const [{ path } = { path: '' }] = codes();
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    expect(said(words)).toEqual(first);
    expect(statSync(path).size).toBeGreaterThan(whole.length / 2);
  });

  it('takes nothing from another build', () => {
    const directory = copyOfPackage();
    writeFileSync(join(directory, 'build/program.id'), 'another');
    said(words);
    said(words, { directory });
    expect(codes()).toHaveLength(2);
  });

  it('leaves nothing where nothing shall be kept', () => {
    said(words, { cache: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('comes with the licence of each package that is in it', () => {
    const licenses = readFileSync(join(root, 'build/program.licenses.txt'), 'utf8');
    expect(licenses.match(/^[a-z-]+ \d+\.\d+\.\d+$/gm)?.map((line) => line.split(' ')[0])).toEqual([
      'commander',
      'js-yaml',
      'kafkajs',
      'zod',
    ]);
    expect(licenses.match(/^Permission is hereby granted/gm)).toHaveLength(4);
  });
});
