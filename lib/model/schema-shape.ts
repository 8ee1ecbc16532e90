import type { z } from 'zod';
import type { Path } from './problem';

/** What is read of zod's own description of a schema. */
interface Shape {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly catchall?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly discriminator?: string;
  readonly values?: readonly unknown[];
}

/** A value inside another, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (isContainer(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined), value);
}

export function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

function shapeOf(schema: z.core.$ZodType): Shape {
  const shape = schema._zod.def as unknown as Shape;
  const wrapped = shape.innerType ?? shape.in;
  return wrapped === undefined ? shape : shapeOf(wrapped);
}

/** Of a union that a key decides, the alternative that `value` means. */
function alternative(shape: Shape, value: unknown): Shape {
  const { discriminator, options } = shape;
  if (discriminator === undefined || options === undefined || !isContainer(value)) return shape;
  const said = value[discriminator];
  const found = options.map(shapeOf).find((option) => {
    const decided = option.shape?.[discriminator];
    return decided !== undefined && (shapeOf(decided).values ?? []).includes(said);
  });
  return found ?? shape;
}

function step(shape: Shape, key: string | number): z.core.$ZodType | undefined {
  if (shape.type === 'array') return shape.element;
  if (shape.type === 'record') return shape.valueType;
  const fields = shape.shape ?? {};
  return Object.hasOwn(fields, key) ? fields[key] : shape.catchall;
}

/** The keys that a map at `path` may have, in the order of the schema; empty where there is no fixed set. */
export function knownKeys(schema: z.core.$ZodType, value: unknown, path: Path): readonly string[] {
  let shape = alternative(shapeOf(schema), value);
  for (const [index, key] of path.entries()) {
    const next = step(shape, key);
    if (next === undefined) return [];
    shape = alternative(shapeOf(next), valueAt(value, path.slice(0, index + 1)));
  }
  return Object.keys(shape.shape ?? {});
}
