import { dirname, posix } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { environmentLoader, type FileSystem, type LoadedEnvironment } from '../../lib/environment';
import { type Kind, type Problem, publishedPorts } from '../../lib/model';
import type { Context } from './context';
import { packageDirectory } from './package-directory';

/** What `init` has been told. */
export interface Wish {
  readonly id: string;
  readonly directory: string;
  readonly template: Kind;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/** A file to be written, and what is wrong with it. */
export interface Draft {
  readonly file: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Ports move in steps of a hundred, so that a person still sees which is which. */
const portStep = 100;

/** Makes a new environment of a template: the template's text with its comments, a name and ports that no other environment has. */
export function draftEnvironment(context: Context, wish: Wish): Draft | { readonly refusal: string } {
  const file = `${wish.directory}/${wish.id}.yaml`;
  if ('text' in context.files.readFile(file)) return { refusal: `${file} is there already; choose another id` };
  const template = readTemplate(context.files, wish);
  if ('refusal' in template) return template;
  const loader = environmentLoader(context.files, { directory: wish.directory });
  const others = loader
    .discover()
    .environments.filter((environment) => !environment.abstract)
    .map(({ id }) => loader.load(id));
  const document = parseDocument(template.text);
  if (!isMap(document.contents)) return { refusal: `the template ${wish.template} is no environment` };
  document.set('name', wish.name ?? freeName(wish.id, others));
  if (wish.description !== undefined) document.set('description', wish.description);
  if (document.getIn(['metadata', 'mode']) === 'kraft') document.set('clusterId', freshClusterId(context));
  const write = (offset: number) => {
    if (offset > 0) document.setIn(['platform', 'docker', 'portOffset'], offset);
    return withSchemaComment(document.toString({ lineWidth: 0 }), file, wish.directory, context.files);
  };
  const taken = new Set(
    others.flatMap(({ environment }) => (environment === undefined ? [] : publishedPorts(environment).map(({ port }) => port))),
  );
  for (let offset = 0; offset < 50_000; offset += portStep) {
    const text = write(offset);
    const loaded = loadDraft(context.files, wish, file, text);
    const ports = loaded.environment === undefined ? [] : publishedPorts(loaded.environment).map(({ port }) => port);
    if (!ports.some((port) => taken.has(port))) return { file, text, problems: loaded.problems };
  }
  return { refusal: 'every hundred of ports is taken by another environment; give platform.docker.portOffset by hand' };
}

function loadDraft(files: FileSystem, wish: Wish, file: string, text: string): LoadedEnvironment {
  const overlaid: FileSystem = { ...files, readFile: (path) => (path === file ? { text } : files.readFile(path)) };
  return environmentLoader(overlaid, { directory: wish.directory }).load(file);
}

/** The project's own template where it has one, else the one that comes with Kafkon. */
function readTemplate(files: FileSystem, { directory, template }: Wish): { readonly text: string } | { readonly refusal: string } {
  const own = files.readFile(`${directory}/templates/${template}.yaml`);
  if ('text' in own) return own;
  const shipped = packageDirectory().readFile(`environments/templates/${template}.yaml`);
  return 'text' in shipped ? shipped : { refusal: `there is no template ${template}: ${shipped.reason}` };
}

function freeName(id: string, others: readonly LoadedEnvironment[]): string {
  const taken = new Set(others.map(({ environment }) => environment?.name.toLowerCase()));
  const stem = id.replaceAll('/', '-').slice(0, 46).replace(/-+$/, '');
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** 16 random bytes as Kafka writes a UUID; a leading hyphen would read as an option to Kafka's tools. */
function freshClusterId(context: Context): string {
  const id = Buffer.from(context.randomBytes(16)).toString('base64url');
  return id.startsWith('-') ? freshClusterId(context) : id;
}

/** Points editors at the schema: the project's own, or the one in the package. */
function withSchemaComment(text: string, file: string, directory: string, files: FileSystem): string {
  const own = `${directory}/environment.schema.json`;
  const schema = 'text' in files.readFile(own) ? own : 'node_modules/kafkon/environments/environment.schema.json';
  const comment = `# yaml-language-server: $schema=${posix.relative(dirname(file), schema)}\n`;
  return /^# yaml-language-server:.*\n/m.test(text) ? text.replace(/^# yaml-language-server:.*\n/m, comment) : comment + text;
}
