// Packs the compiled command line, and the packages that most commands need, into one file: build/program.js.
//
// A command needs hundreds of modules, and finding, reading and compiling them one by one takes longer than most commands do. What is
// here is one expression, a function; apps/cli/load-program.ts calls it, and keeps what V8 compiled of it for the next run. Beside it
// build/program.id says which program this is, and build/program.licenses.txt what the packages ask for that are in it.
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { build } = require('esbuild');

const root = join(__dirname, '..');
const target = join(root, 'build', 'program.js');
/** What reading an environment or asking a broker needs. All others are found in node_modules by those commands that need them. */
const packed = ['commander', 'js-yaml', 'kafkajs', 'zod'];

const elsewhere = {
  name: 'elsewhere',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      // On Windows the whole path of the entry begins with a letter too.
      kind === 'entry-point' || packed.includes(path.split('/')[0]) ? undefined : { path, external: true },
    );
  },
};

/** commander can start commands that are programs of their own, which ours are not: what it loads for them is loaded when it is asked for. */
const noPrograms = {
  name: 'no programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path: 'child_process', namespace: 'late' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'late' }, () => ({
      contents: `Object.defineProperty(module.exports, 'spawn', { get: () => require('node:child_process').spawn });`,
    }));
  },
};

/** zod brings its messages in sixty languages, and loads them all. English is named by itself. */
const oneLanguage = {
  name: 'one language',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.c?js$/ }, () => ({ contents: '' }));
  },
};

/**
 * Each module notes that it was loaded, by a number of its own: so it shows whether what was compiled is worth keeping anew. And since a
 * script that V8 compiled before can't say `import()` of a package without a warning, it is said for it.
 */
const asScript = {
  name: 'as script',
  setup({ onLoad }) {
    let number = 0;
    onLoad({ filter: /\.c?js$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8').replace(/\bimport\((?=['"][^.])/g, '__import(');
      return { contents: `${code}\n__loaded.add(${number++});` };
    });
  },
};

async function pack() {
  const { metafile } = await build({
    entryPoints: [join(root, 'build', 'apps', 'cli', 'node-program.js')],
    outfile: target,
    bundle: true,
    metafile: true,
    absWorkingDir: root,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // One byte for each character in memory, instead of two.
    charset: 'ascii',
    // Names stay as they are, and lines short, for those who read a stack trace.
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 160,
    banner: { js: '(function (exports, require, module, __filename, __dirname, __import, __loaded) {' },
    footer: { js: '})' },
    plugins: [noPrograms, elsewhere, oneLanguage, asScript],
  });
  const code = readFileSync(target);
  const foreign = /[^\0-\x7f].*/.exec(code.toString('utf8'))?.[0];
  if (foreign !== undefined) throw new Error(`${target} holds ${foreign.slice(0, 60)}; write \\u and four digits in regular expressions`);
  writeFileSync(join(root, 'build', 'program.id'), createHash('sha256').update(code).digest('hex'));
  writeFileSync(join(root, 'build', 'program.licenses.txt'), licenses(Object.keys(metafile.inputs)));
}

/** The licence of each package that something was taken from. */
function licenses(inputs) {
  const directories = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []));
  return [...directories]
    .sort()
    .map((path) => {
      const directory = join(root, path);
      const { name, version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
      return `${name} ${version}\n\n${readFileSync(join(directory, 'LICENSE'), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

pack().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
