import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memoryFileSystem, stillHold, withReads } from '../../lib/environment';

type Files = Readonly<Record<string, string>>;

const path = fc.constantFrom('a.yaml', 'b.yaml', 'folder/c.yaml', 'folder/d.yaml');
const files = fc.dictionary(path, fc.constantFrom('', 'one', 'two'));
const question = fc.oneof(
  fc.record({ of: fc.constant('file' as const), path }),
  fc.record({ of: fc.constant('directory' as const), path: fc.constantFrom('.', 'folder') }),
);

function answers(all: Files, questions: readonly { readonly of: 'file' | 'directory'; readonly path: string }[]) {
  const { fs, reads } = withReads(memoryFileSystem(all));
  return { given: questions.map(({ of, path: asked }) => (of === 'file' ? fs.readFile(asked) : fs.list(asked))), reads: reads() };
}

describe('a note of what was read', () => {
  it('holds for other files just where they answer the same questions alike', () => {
    fc.assert(
      fc.property(files, files, fc.array(question), (before, after, questions) => {
        const { given, reads } = answers(before, questions);
        const same = JSON.stringify(answers(after, questions).given) === JSON.stringify(given);
        expect(stillHold(reads, memoryFileSystem(after))).toBe(same);
      }),
    );
  });

  it('survives being written down', () => {
    const { reads } = answers({ 'a.yaml': 'one' }, [
      { of: 'file', path: 'a.yaml' },
      { of: 'file', path: 'b.yaml' },
      { of: 'directory', path: '.' },
    ]);
    expect(JSON.parse(JSON.stringify(reads))).toEqual(reads);
    expect(stillHold(reads, memoryFileSystem({ 'a.yaml': 'one' }))).toBe(true);
    expect(stillHold(reads, memoryFileSystem({ 'a.yaml': 'one', 'b.yaml': '' }))).toBe(false);
  });

  it('answers as the files themselves do', () => {
    fc.assert(
      fc.property(files, path, (all, asked) => {
        const real = memoryFileSystem(all);
        const { fs } = withReads(real);
        expect([fs.readFile(asked), fs.list('folder')]).toEqual([real.readFile(asked), real.list('folder')]);
      }),
    );
  });
});
