import { aliasRules, environmentSpec, kinds } from '../model';
import { addAliases } from './json-schema-alias';
import { type JsonSchema, nullable, sourceSchema } from './json-schema-source';

/** What only the reader of files knows: where a file stands among the others. */
const forReader: Readonly<Record<string, JsonSchema>> = {
  extends: {
    type: ['string', 'array'],
    minLength: 1,
    items: { type: 'string', minLength: 1 },
    description: 'the file that this one is laid over, or several of them, relative to this file',
  },
  abstract: { type: 'boolean', default: false, description: 'true: the file is only extended, it is no environment of its own' },
};

/** What an override cannot change: it is chosen by the kind. */
const notInOverrides = ['kind', 'environmentOverrides', 'environment_overrides'];

/**
 * The JSON Schema (draft 7) of an environment file as a person writes it, for editors. It differs from the schema of a merged
 * environment: nothing is required, since another layer may say it; `null` removes what a layer below has set; a named list may
 * be changed by a map of names; and every spelling of the alias table is known.
 */
export function environmentJsonSchema(): JsonSchema {
  const body = sourceSchema(environmentSpec.toJSONSchema({ io: 'input', target: 'draft-7' }) as JsonSchema);
  const sections = body.properties ?? {};
  const topic = sections.topics?.additionalProperties;
  if (typeof topic !== 'object' || topic.properties === undefined) throw new Error('the schema of an environment has no topics');
  sections.defaults = { ...structuredClone(topic), description: 'what topics have in common, unless one says otherwise' };
  topic.properties.environmentOverrides = overrides('defaults', 'what is different for the topic in each kind of environment');
  sections.environmentOverrides = overrides('overrides', 'what is different in each kind of environment');
  addAliases(body, aliasRules);
  return inDefinitions(sections);
}

/** The schema as the text of its file: two spaces of indentation, a line feed at the end. */
export function environmentJsonSchemaText(): string {
  return `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`;
}

function reference(definition: string): JsonSchema {
  return { $ref: `#/definitions/${definition}` };
}

function overrides(definition: string, description: string): JsonSchema {
  const properties = Object.fromEntries(kinds.map((kind) => [kind, reference(definition)]));
  return nullable({ type: 'object', description, properties, additionalProperties: false });
}

/** Every section once, so that the overrides, which hold the same sections again, do not double the text. */
function inDefinitions(sections: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const names = new Map<JsonSchema, string>();
  for (const [name, section] of Object.entries(sections)) if (!names.has(section)) names.set(section, name);
  const refer = (from: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> =>
    Object.fromEntries(Object.entries(from).map(([name, section]) => [name, reference(names.get(section) ?? name)]));

  const partial = Object.fromEntries(Object.entries(sections).filter(([name]) => !notInOverrides.includes(name)));
  const plainTopics = { ...sections.topics, additionalProperties: reference('defaults') };
  const definitions: Record<string, JsonSchema> = Object.fromEntries([...names].map(([section, name]) => [name, section]));
  definitions.overrides = nullable({
    type: 'object',
    properties: { ...refer(partial), topics: plainTopics },
    additionalProperties: false,
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'a Kafkon environment',
    type: 'object',
    properties: { ...forReader, ...refer(sections) },
    additionalProperties: false,
    definitions,
  };
}
