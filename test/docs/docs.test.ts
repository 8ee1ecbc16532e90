import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { parseAllDocuments } from 'yaml';
import { nodeFileSystem } from '../../lib/environment';
import { rehearseOn } from '../apps/cli/rehearsal';
import { root } from '../architecture/sources';
import { blocks } from './blocks';

const all = blocks();

/** The words of a command as a shell would part them; pages use no more than quotes. */
const shellWords = (command: string) =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

const of = (...languages: readonly string[]) =>
  all.filter(({ language }) => languages.includes(language)).map((block) => [block.place, block] as const);

/** Programs that pages name and a test of pages does not run. */
const otherPrograms = ['npm', 'npx', 'kubectl', 'git', 'cdk8s', 'terraform', 'docker', 'cd', 'source', 'promtool', 'openssl'];

/** What is wrong with the words of a command, as far as its help and the environments tell. */
async function wrongWords(words: readonly string[]): Promise<readonly string[]> {
  const [command = '', second = ''] = words;
  const top = await rehearseOn(nodeFileSystem(root), command, '--help');
  if (top.code !== 0 || !top.out.startsWith(`Usage: kafkon ${command} `)) return [`no command ${command}`];
  // Some commands have others below them.
  const below = /^Commands:$/m.test(top.out) && new RegExp(`^ {2}${second}( |$)`, 'm').test(top.out);
  const { out } = below ? await rehearseOn(nodeFileSystem(root), command, second, '--help') : top;
  const environment = below ? words[2] : second;
  const options = words.filter((word) => word.startsWith('-')).filter((word) => !new RegExp(`(^|[ ,])${word}([ ,=]|$)`, 'm').test(out));
  const wantsEnvironment = /^Usage: .*[<[]environment[>\]]/m.test(out);
  if (!wantsEnvironment || environment === undefined || environment === '' || environment.startsWith('-')) return options;
  const known = await rehearseOn(nodeFileSystem(root), 'show', environment);
  return known.code === 0 ? options : [...options, `no environment ${environment}`];
}

describe('the pages', () => {
  it('use languages that are checked', () => {
    const known = ['ts', 'yaml', 'sh', 'json', 'text', 'properties', 'promql'];
    expect(all.filter(({ language }) => !known.includes(language)).map(({ place, language }) => `${place} ${language}`)).toEqual([]);
  });

  it.each(of('yaml'))('have valid YAML at %s', (_, { text }) => {
    expect(parseAllDocuments(text).flatMap((document) => document.errors)).toEqual([]);
  });

  it('have valid JSON', () => {
    for (const [place, { text }] of of('json')) expect({ place, value: JSON.parse(text) }).toBeDefined();
  });

  it.each(of('ts'))('have TypeScript that runs at %s', (place, { text }) => {
    const { code } = transformSync(text, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
    const outside = createRequire(join(root, 'package.json'));
    const load = (name: string): unknown => {
      const entry = /^kafkon(?:\/(.+))?$/.exec(name);
      return entry === null ? outside(name) : require(join(root, 'lib', entry[1] ?? '', 'index.ts'));
    };
    expect(place).not.toBe('');
    new Function('require', 'exports', 'module', code)(load, {}, {});
  });

  it('are checked for options and commands that are not there', async () => {
    expect(await wrongWords(['up', 'tda/development', '--pull'])).toEqual([]);
    expect(await wrongWords(['up', 'tda/nowhere', '--pul'])).toEqual(['--pul', 'no environment tda/nowhere']);
    expect(await wrongWords(['upp'])).toEqual(['no command upp']);
    expect(await wrongWords(['backup', 'create', 'tda/nowhere', '--keeps'])).toEqual(['--keeps', 'no environment tda/nowhere']);
  });

  it.each(of('sh'))('have commands that exist at %s', async (_, { text, note }) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
    for (const line of lines) {
      const command = line.split(/\s+[|>&#]/)[0] ?? '';
      const [program = '', ...words] = shellWords(command);
      if (program !== 'kafkon') {
        expect(otherPrograms).toContain(program);
        continue;
      }
      // Commands to come say so; completion loads an ES module, which the test of the package runs in a process of its own.
      if (note.includes('later') || words[0] === 'completion') continue;
      // What needs a running engine is run by suites of its own; here its words are checked.
      if (note.includes('engine')) {
        expect({ line, wrong: await wrongWords(words) }).toEqual({ line, wrong: [] });
        continue;
      }
      const { code, err } = await rehearseOn(nodeFileSystem(root), ...words);
      expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, code: 0, err: '' });
    }
  });
});
