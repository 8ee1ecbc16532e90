import { existsSync, readFileSync } from 'node:fs';
import type { Block, Terraform } from './terraform';

type AttributeType = string | readonly [string, unknown];

interface BlockSchema {
  readonly attributes?: Readonly<Record<string, { type: AttributeType; required?: boolean; optional?: boolean }>>;
  readonly block_types?: Readonly<Record<string, { nesting_mode: string; min_items?: number; max_items?: number; block: BlockSchema }>>;
}

/** What `terraform providers schema -json` says of the Docker provider's resources. */
export type ProviderSchema = Readonly<Record<string, { readonly block: BlockSchema }>>;

/** The schema that `DOCKER_PROVIDER_SCHEMA` names; undefined where it names none. A path without a file is an error. */
export function providerSchema(): ProviderSchema | undefined {
  const path = process.env.DOCKER_PROVIDER_SCHEMA;
  if (path === undefined || path === '') return undefined;
  if (!existsSync(path)) throw new Error(`DOCKER_PROVIDER_SCHEMA is ${path}, where no file is`);
  const { provider_schemas } = JSON.parse(readFileSync(path, 'utf8')) as {
    provider_schemas: Readonly<Record<string, { resource_schemas: ProviderSchema }>>;
  };
  const docker = Object.entries(provider_schemas).find(([name]) => name.endsWith('/kreuzwerker/docker'))?.[1];
  if (docker === undefined) throw new Error(`${path} is no schema of kreuzwerker/docker`);
  return docker.resource_schemas;
}

/** What Terraform itself takes in every resource. */
const metaArguments = ['count', 'depends_on', 'for_each', 'lifecycle', 'provider'];

/** Every way in which the resources of a configuration break the schema, each with its place. */
export function breaches(config: Terraform, schema: ProviderSchema): string[] {
  return Object.entries(config.resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, block]) => {
      const known = schema[type]?.block;
      return known === undefined ? [`${type}: is no resource`] : checkBlock(block, known, `${type}.${name}`, metaArguments);
    }),
  );
}

function checkBlock(block: Block, schema: BlockSchema, place: string, besides: readonly string[] = []): string[] {
  const { attributes = {}, block_types: nested = {} } = schema;
  const missing = Object.entries(attributes)
    .filter(([key, { required }]) => required === true && block[key] === undefined)
    .map(([key]) => `${place}.${key}: is missing`);
  const given = Object.entries(block).flatMap(([key, value]): string[] => {
    const [attribute, inner] = [attributes[key], nested[key]];
    if (attribute !== undefined) {
      if (attribute.required !== true && attribute.optional !== true) return [`${place}.${key}: is read only`];
      return checkValue(value, attribute.type, `${place}.${key}`);
    }
    if (inner === undefined) return besides.includes(key) ? [] : [`${place}.${key}: is unknown`];
    const blocks = Array.isArray(value) ? (value as Block[]) : [value as Block];
    return blocks.flatMap((each, index) => checkBlock(each, inner.block, `${place}.${key}[${index}]`));
  });
  const counts = Object.entries(nested).flatMap(([key, { min_items: least = 0, max_items: most = Number.POSITIVE_INFINITY }]) => {
    const value = block[key];
    const count = value === undefined ? 0 : Array.isArray(value) ? value.length : 1;
    return count < least || count > most ? [`${place}.${key}: ${count} blocks, of ${least} to ${most}`] : [];
  });
  return [...missing, ...given, ...counts];
}

function checkValue(value: unknown, type: AttributeType, place: string): string[] {
  if (typeof type === 'string') {
    const wanted = type === 'bool' ? 'boolean' : type;
    // An expression alone may come to anything.
    const expression = typeof value === 'string' && /^\$\{[^}]*\}$/.test(value);
    return typeof value === wanted || expression ? [] : [`${place}: ${JSON.stringify(value)} is no ${type}`];
  }
  const [kind, element] = type;
  if (kind === 'map') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place}: is no map`];
    return Object.entries(value).flatMap(([key, each]) => checkValue(each, element as AttributeType, `${place}.${key}`));
  }
  if (!Array.isArray(value)) return [`${place}: is no ${kind}`];
  return value.flatMap((each, index) => checkValue(each, element as AttributeType, `${place}[${index}]`));
}
