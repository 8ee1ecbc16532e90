import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(__dirname, '../../..');
const IMAGE = join(ROOT, 'images/tools');

interface Instruction {
  readonly keyword: string;
  readonly words: readonly string[];
}

function parse(text: string): readonly Instruction[] {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [keyword = '', ...words] = line.trim().split(/\s+/);
      return { keyword, words };
    });
}

const instructions = parse(readFileSync(join(IMAGE, 'Dockerfile'), 'utf8'));
const of = (keyword: string): readonly (readonly string[])[] =>
  instructions.filter((each) => each.keyword === keyword).map(({ words }) => words);
const stages = of('FROM').map(([image = '', as = '', name = '']) => ({ image, as, name }));

describe('the Dockerfile of the tools image', () => {
  it('names every stage', () => {
    expect(stages.map(({ as, name }) => [as, name])).toEqual([
      ['AS', 'agents'],
      ['AS', 'package'],
      ['AS', 'tools'],
    ]);
  });

  it.each(stages)('pins the full version of $image', ({ image }) => {
    expect(image).toMatch(/^[a-z]+:\d+\.\d+\.\d+-/);
  });

  it('ends as a numeric user that is not root', () => {
    expect(of('USER')).toEqual([['1000:1000']]);
    const last = instructions.findLastIndex(({ keyword }) => keyword === 'USER');
    expect(instructions.slice(last + 1).map(({ keyword }) => keyword)).toEqual(['CMD']);
  });

  it('copies only from stages above and from files that exist', () => {
    const known: string[] = [];
    for (const { keyword, words } of instructions) {
      if (keyword === 'FROM') known.push(words[2] ?? '');
      if (keyword !== 'COPY') continue;
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      if (from !== undefined) expect(known.slice(0, -1)).toContain(from);
      else for (const path of words.slice(0, -1)) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    }
  });

  it('lets everything that it copies through its ignore file', () => {
    const allowed = readFileSync(join(IMAGE, 'Dockerfile.dockerignore'), 'utf8').trim().split('\n');
    expect(allowed[0]).toBe('*');
    const copied = of('COPY')
      .filter(([first]) => !first?.startsWith('--from='))
      .flatMap((words) => words.slice(0, -1));
    expect(allowed.slice(1).sort()).toEqual(copied.map((path) => `!${path}`).sort());
  });

  it('brings both agents to the folder that the init container copies from', () => {
    const built = of('RUN').map((words) => words.join(' '));
    expect(built).toContainEqual(expect.stringContaining('-DoutputDirectory=/build/jars'));
    expect(built).toContainEqual(expect.stringContaining('/build/jars/kafkon-readiness-agent.jar'));
    expect(of('COPY')).toContainEqual(['--from=agents', '/build/jars', 'agents']);
  });

  it('checks the digest of the agent that comes from elsewhere', () => {
    expect(of('RUN').map((words) => words.join(' '))).toContainEqual(
      expect.stringMatching(/"[0-9a-f]{64} {1,2}\/build\/jars\/jmx_prometheus_javaagent\.jar" \| sha256sum -c -/),
    );
  });

  it('can run the build script of the readiness agent', () => {
    expect(statSync(join(IMAGE, 'readiness-agent/build.sh')).mode & 0o111).toBe(0o111);
  });
});
