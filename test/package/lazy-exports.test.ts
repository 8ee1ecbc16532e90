import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../architecture/sources';

const library = join(root, 'build', 'lib');

/** What a fresh Node says to a program, as JSON. */
function fresh(program: string): unknown {
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }));
}

const entries = readdirSync(library, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|\/)index\.js$/.test(path))
  .map((path) => join(library, path));

describe('a compiled entry', () => {
  it('has everything that it names', () => {
    const missing = fresh(`
      const missing = ${JSON.stringify(entries)}.flatMap((entry) =>
        Object.entries(require(entry)).flatMap(([name, value]) => (value === undefined ? [entry + ' ' + name] : [])));
      console.log(JSON.stringify(missing));`);
    expect(entries.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });

  it('loads what is asked of it, and nothing else', () => {
    const loaded = fresh(`
      const { aclKey } = require(${JSON.stringify(join(library, 'model'))});
      console.log(JSON.stringify([typeof aclKey, Object.keys(require.cache).filter((path) => /zod|rules/.test(path)).length]));`);
    expect(loaded).toEqual(['function', 0]);
  });

  it('is known to ECMAScript modules by name', () => {
    const names = fresh(`import(${JSON.stringify(join(library, 'converge', 'index.js'))}).then((module) =>
      console.log(JSON.stringify(Object.keys(module).filter((name) => name === 'plan' || name === 'apply').sort())));`);
    expect(names).toEqual(['apply', 'plan']);
  });
});
