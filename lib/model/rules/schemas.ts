import type { Environment } from '../environment';
import type { SchemaDefinition } from '../schema-subject';
import { subjectsOf } from '../subjects';
import type { Finding, Rule } from './rule';

/** Each circle once, beginning with the first of its names. */
function circles({ schemas }: Environment): Finding[] {
  const referred = (name: string) => schemas[name]?.references.map(({ schema }) => schema) ?? [];
  return Object.keys(schemas)
    .sort()
    .flatMap((start) => {
      const way = wayBack(start, referred);
      if (way === undefined || way.some((name) => name < start)) return [];
      return [
        {
          path: ['schemas', start, 'references'],
          message: `schema "${start}" refers to itself: ${[...way, start].join(' → ')}; take one of the references out`,
        },
      ];
    });
}

function wayBack(start: string, referred: (name: string) => readonly string[]): readonly string[] | undefined {
  const seen = new Set<string>();
  const search = (name: string, way: readonly string[]): readonly string[] | undefined => {
    for (const next of referred(name)) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      const found = search(next, [...way, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(start, [start]);
}

const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];
const named = ['record', 'error', 'enum', 'fixed'];

/** What is wrong with a schema as far as it can be told without its registry; undefined where nothing is. */
function fault({ type, text = '', references }: SchemaDefinition): string | undefined {
  if (type === 'PROTOBUF')
    return /\b(message|enum|service|extend)\b/.test(text) ? undefined : 'declares no message; write it as a .proto file has it';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is no JSON; look for a missing comma or bracket';
  }
  if (type === 'AVRO') return avroFault(value, references.length > 0);
  return typeof value === 'boolean' || isMap(value) ? undefined : 'is no JSON Schema; write an object';
}

function avroFault(value: unknown, refers: boolean): string | undefined {
  if (typeof value === 'string')
    return primitives.includes(value) || refers ? undefined : `names the type "${value}", which is not known; refer to its schema`;
  if (Array.isArray(value)) return undefined;
  if (!isMap(value) || value.type === undefined) return 'has no type; write an Avro schema such as {"type": "record", …}';
  if (typeof value.type !== 'string' || !named.includes(value.type)) return undefined;
  if (typeof value.name !== 'string') return `is of type ${value.type} and has no name; give it one`;
  const needed = { record: 'fields', error: 'fields', enum: 'symbols', fixed: 'size' }[value.type] ?? 'name';
  return value[needed] === undefined ? `is of type ${value.type} and has no ${needed}; add them` : undefined;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const schemaRules: readonly Rule[] = [
  {
    code: 'registry/reference-cycle',
    severity: 'error',
    reason: 'A schema is registered after those it refers to.',
    reads: ['schemas.**'],
    check: circles,
  },
  {
    code: 'registry/file-not-read',
    severity: 'error',
    reason: 'What is registered is the text; a file is read where environment files are.',
    check: ({ schemas }) =>
      Object.entries(schemas)
        .filter(([, { file, text }]) => file !== undefined && text === undefined)
        .map(([name, { file }]) => ({
          path: ['schemas', name, 'file'],
          message: `"${file}" was not read; correct the path, or give the schema as text`,
        })),
  },
  {
    code: 'registry/bad-schema',
    severity: 'error',
    reason: 'What no registry can take is found before one is asked.',
    reads: ['schemas.**'],
    check: ({ schemas }) =>
      Object.entries(schemas).flatMap(([name, schema]) => {
        const wrong = schema.text === undefined ? undefined : fault(schema);
        const path = ['schemas', name, schema.file === undefined ? 'text' : 'file'];
        return wrong === undefined ? [] : [{ path, message: `${schema.type} schema "${name}" ${wrong}` }];
      }),
  },
  {
    code: 'registry/shared-subject',
    severity: 'error',
    reason: 'Two schemas under one subject would replace each other at every run.',
    reads: ['schemas.**', 'topics.**'],
    check: (environment) => {
      const subjects = subjectsOf(environment);
      return subjects.flatMap(({ subject, schema }, index) => {
        const other = subjects[index - 1];
        if (other?.subject !== subject) return [];
        return [
          {
            path: ['schemas', schema],
            message: `subject "${subject}" is that of schema "${other.schema}" too; give one of them other subjects`,
          },
        ];
      });
    },
  },
];
