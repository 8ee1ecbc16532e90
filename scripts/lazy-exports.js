// Makes the compiled entry of each folder load a file when something of it is asked for.
//
// An entry (index.js) re-exports what its files have. As compiled it loads all of them, and so does import() of it, which asks for
// everything; `kafkon apply` would load zod and a hundred schemas to get at one function. Doing it twice changes nothing.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');

const build = join(__dirname, '..', 'build');

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.js$/.test(entry.name))
    .map(({ parentPath, path, name }) => join(parentPath ?? path, name));
}

/** `var a_1 = require("./a")` whose only use is to re-export becomes an object that requires it at the first look. */
function lazyEntry(code) {
  return code.replace(/^(?:var|const) (\w+) = require\("(\.[^"]+)"\);$/gm, (line, name, file) => {
    const uses = code.match(new RegExp(`\\b${name}\\b`, 'g')).length - 1;
    const reExport = new RegExp(`get: function \\(\\) \\{ return ${name}\\.(\\w+); \\} \\}\\);`, 'g');
    const exported = [...code.matchAll(reExport)].map(([, key]) => key);
    if (exported.length !== uses) return line;
    const getters = [...new Set(exported)].map((key) => `get ${key}() { return require("${file}").${key}; }`);
    return `var ${name} = { ${getters.join(', ')} };`;
  });
}

/** An entry of ours that is loaded late is required: import() would read every export of it. */
function lateEntry(code) {
  return code.replace(/\bimport\('(\.[^']*\/index\.js)'\)/g, "Promise.resolve().then(() => require('$1'))");
}

for (const file of ['lib', 'apps'].flatMap((folder) => filesBelow(join(build, folder)))) {
  const before = readFileSync(file, 'utf8');
  const after = lateEntry(basename(file) === 'index.js' ? lazyEntry(before) : before);
  if (after !== before) writeFileSync(file, after);
}
