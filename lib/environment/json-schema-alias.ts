import type { AliasRule } from '../model';
import { type JsonSchema, nullable } from './json-schema-source';

/** Adds every other spelling to the maps of `root` that may hold it, in place. A map shares the schema of what it stands for. */
export function addAliases(root: JsonSchema, rules: readonly AliasRule[]): void {
  for (const rule of rules) {
    for (const map of mapsAt(root, rule.at === '' ? [] : rule.at.split('.'))) {
      const meant = rule.to.reduce<JsonSchema | undefined>(
        (schema, key) => (schema === undefined ? undefined : valueUnder(schema, key)),
        map,
      );
      if (meant === undefined) throw new Error(`the alias ${rule.from.join('.')} at "${rule.at}" stands for nothing in the schema`);
      put(map, rule.from, isMap(meant) ? meant : { ...meant, description: `another spelling of ${rule.to.join('.')}` });
    }
  }
}

/** The cases of a choice, or the schema itself. */
function cases(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(cases);
}

function isMap(schema: JsonSchema): boolean {
  return cases(schema).some(
    (one) => one.properties !== undefined || typeof one.additionalProperties === 'object' || one.items !== undefined,
  );
}

function mapsAt(schema: JsonSchema, steps: readonly string[]): readonly JsonSchema[] {
  const [step, ...rest] = steps;
  if (step === undefined) return cases(schema).filter((one) => one.type !== 'null');
  return cases(schema).flatMap((one) => {
    const inside = step === '*' ? (one.items ?? one.additionalProperties) : valueUnder(one, step);
    return typeof inside === 'object' ? mapsAt(inside, rest) : [];
  });
}

function valueUnder(schema: JsonSchema, key: string): JsonSchema | undefined {
  for (const one of cases(schema)) {
    const inside = one.properties?.[key] ?? one.additionalProperties;
    if (typeof inside === 'object') return inside;
  }
  return undefined;
}

function put(map: JsonSchema, keys: readonly string[], schema: JsonSchema): void {
  const [key = '', ...rest] = keys;
  map.properties ??= {};
  if (rest.length === 0) {
    map.properties[key] ??= schema;
    return;
  }
  map.properties[key] ??= nullable({ type: 'object', properties: {}, additionalProperties: false });
  put(map.properties[key], rest, schema);
}
