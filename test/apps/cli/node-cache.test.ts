import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { cacheDirectory } from '../../../apps/cli/cache-directory';
import { nodeCache } from '../../../apps/cli/node-cache';
import { temporaryFolders } from '../../support/temporary-folder';

const newFolder = temporaryFolders();
let folder: string;

beforeEach(() => {
  folder = newFolder('cache');
});

const directory = () => join(folder, 'kafkon');

describe('the cache on this machine', () => {
  it('gives back what was written under a key, the latest of it', () => {
    const cache = nodeCache(directory(), 'one');
    expect(cache.read('key')).toBe(undefined);
    cache.write('key', 'first');
    cache.write('key', 'second');
    cache.write('other', 'third');
    expect([cache.read('key'), cache.read('other')]).toEqual(['second', 'third']);
  });

  it('is closed to other users', () => {
    nodeCache(directory(), 'one').write('key', 'text');
    const [file = ''] = readdirSync(directory());
    expect([statSync(directory()).mode & 0o777, statSync(join(directory(), file)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('gives nothing that another build of the program wrote', () => {
    nodeCache(directory(), 'one').write('key', 'text');
    expect(nodeCache(directory(), 'two').read('key')).toBe(undefined);
  });

  it('does without a directory that cannot be made', () => {
    writeFileSync(directory(), 'a file');
    const cache = nodeCache(directory(), 'one');
    cache.write('key', 'text');
    expect(cache.read('key')).toBe(undefined);
    expect(readFileSync(directory(), 'utf8')).toBe('a file');
  });

  it('lets go of what nobody has written for a month, and of nothing that is not its own', () => {
    const cache = nodeCache(directory(), 'one');
    cache.write('old', 'text');
    writeFileSync(join(directory(), 'notes.txt'), 'mine');
    for (const name of readdirSync(directory())) utimesSync(join(directory(), name), new Date(0), new Date(0));
    cache.write('new', 'text');
    expect([cache.read('old'), cache.read('new')]).toEqual([undefined, 'text']);
    expect(readdirSync(directory())).toContain('notes.txt');
  });
});

describe('where the cache is', () => {
  it('is the place that variables name, else that of the user', () => {
    expect(cacheDirectory({ XDG_CACHE_HOME: '/caches' })).toBe(join('/caches', 'kafkon'));
    expect(cacheDirectory({ XDG_CACHE_HOME: '/caches', KAFKON_CACHE_DIR: '/mine' })).toBe('/mine');
    expect(cacheDirectory({ XDG_CACHE_HOME: '' })).toMatch(/\.cache.kafkon$/);
  });

  it('is nowhere where the variable is empty', () => {
    expect(cacheDirectory({ KAFKON_CACHE_DIR: '', XDG_CACHE_HOME: '/caches' })).toBe(undefined);
  });
});
