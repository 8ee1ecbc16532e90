import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { readCompiledCode, writeCompiledCode } from './compiled-code';
import { type KeptFiles, keptFiles } from './kept-files';
import type * as NodeProgram from './node-program';
import { buildId } from './package-directory';

/** What `scripts/pack-program.js` packs: a function in parentheses. `loaded` gets the number of each module that it loads. */
type PackedProgram = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  dirname: string,
  importPackage: (name: string) => Promise<object>,
  loaded: Set<number>,
) => void;

/**
 * The program from its one file, with what V8 compiled of it in an earlier run of `word`, the first on the command line: finding and
 * compiling hundreds of modules takes longer than most commands do. From its modules where it isn't packed.
 */
export function loadProgram(word: string | undefined, cachedIn: string | undefined): typeof NodeProgram {
  const build = buildId();
  if (build === undefined) return require('./node-program') as typeof NodeProgram;
  const filename = join(__dirname, '..', '..', 'program.js');
  const kept = cachedIn === undefined ? undefined : keptCode(keptFiles(join(cachedIn, 'code')), build, word);
  const before = kept?.read();
  const script = new Script(readFileSync(filename, 'latin1'), {
    filename,
    ...(before === undefined ? {} : { cachedData: before.code }),
  });
  const module = { exports: {} };
  const loaded = new Set<number>();
  const importPackage = (name: string) => import(name) as Promise<object>;
  (script.runInThisContext() as PackedProgram)(module.exports, require, module, filename, __dirname, importPackage, loaded);
  if (kept !== undefined) {
    const known = new Set(script.cachedDataRejected === true ? [] : before?.modules);
    process.once('exit', () => {
      const modules = new Set([...known, ...loaded]);
      // Only now has V8 compiled the functions that a run comes to.
      if (modules.size > known.size) kept.write(writeCompiledCode({ modules: [...modules], code: script.createCachedData() }));
    });
  }
  return module.exports as typeof NodeProgram;
}

/** One file for each first word, since a command needs a part of the program only. */
function keptCode(files: KeptFiles, build: string, word = '') {
  const name = `${createHash('sha256')
    .update(JSON.stringify([build, cachedDataVersionTag(), word]))
    .digest('hex')}.code`;
  return {
    read: () => {
      const file = files.read(name);
      return file === undefined ? undefined : readCompiledCode(file);
    },
    write: (content: Buffer) => files.write(name, content),
  };
}
