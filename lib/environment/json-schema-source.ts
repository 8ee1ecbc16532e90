/** As much of JSON Schema as the model's own schema uses. */
export interface JsonSchema {
  $schema?: string;
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  minLength?: number;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  definitions?: Record<string, JsonSchema>;
  default?: unknown;
}

/**
 * The schema of one layer, from the schema of a whole environment: nothing is required, every value may be `null` (it removes what
 * lies below), a named list may be given as a map of names. A choice that `mode` or `security` decides becomes any of its cases,
 * because a layer need not repeat what decides.
 */
export function sourceSchema(whole: JsonSchema): JsonSchema {
  const { required: _, oneOf, ...layer } = whole;
  const choice = [...(oneOf ?? []), ...(whole.anyOf ?? [])].map(sourceSchema);
  if (choice.length > 0) layer.anyOf = choice;
  if (layer.properties !== undefined) layer.properties = mapValues(layer.properties, (schema) => nullable(sourceSchema(schema)));
  if (typeof layer.additionalProperties === 'object') layer.additionalProperties = nullable(sourceSchema(layer.additionalProperties));
  if (layer.items === undefined) return layer;
  layer.items = sourceSchema(layer.items);
  return hasName(layer.items) ? listOrMap(layer, layer.items) : layer;
}

/** The same schema with `null` for a value too. */
export function nullable(schema: JsonSchema): JsonSchema {
  if (schema.anyOf !== undefined) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  if (schema.type === undefined) return schema;
  const type = [...new Set([schema.type, 'null'].flat())];
  const { const: only, enum: values, ...rest } = schema;
  const allowed = only === undefined ? values : [only];
  return { ...rest, type, ...(allowed === undefined ? {} : { enum: [...allowed, null] }) };
}

function hasName(item: JsonSchema): boolean {
  return item.properties?.name !== undefined || (item.anyOf ?? []).some((one) => one.properties?.name !== undefined);
}

function listOrMap({ description, default: standard, ...list }: JsonSchema, item: JsonSchema): JsonSchema {
  return {
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined ? {} : { default: standard }),
    anyOf: [list, { type: 'object', description: 'changes to the items of a layer below, by name', additionalProperties: nullable(item) }],
  };
}

function mapValues(from: Readonly<Record<string, JsonSchema>>, change: (schema: JsonSchema) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(from).map(([key, schema]) => [key, change(schema)]));
}
