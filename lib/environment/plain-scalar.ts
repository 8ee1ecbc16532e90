/** What begins none of the words and numbers that YAML's core schema knows. */
const isText = /^[^-+.0-9~nNtTfF]/;
const integer = /^-?[0-9]+$/;
const decimal = /^-?[0-9]+\.[0-9]+$/;
/** All else that the core schema could take for a number. */
const otherNumber =
  /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/;

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/**
 * The value of a plain scalar by YAML 1.2's core schema; `undefined` for a number that is not written as it is printed, which needs more
 * thought: `1.10`, `0x1F`, `1e3`, or one beyond what is exact.
 */
export function plainScalar(source: string): string | number | boolean | null | undefined {
  if (isText.test(source)) return source;
  const word = words.get(source);
  if (word !== undefined) return word;
  if (integer.test(source) || decimal.test(source)) {
    const value = Number(source);
    return String(value) === source && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : undefined;
  }
  return otherNumber.test(source) ? undefined : source;
}
