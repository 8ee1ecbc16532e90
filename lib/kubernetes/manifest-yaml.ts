/** What an object of Kubernetes is made of. */
type Plain = string | number | boolean | null | undefined | readonly Plain[] | { readonly [key: string]: Plain };

/** `apiVersion`, `kind` and `metadata` come first, because a reader looks for them. */
const first = ['apiVersion', 'kind', 'metadata'];

/**
 * One object as YAML: keys sorted, texts unbroken, no anchors, no values that YAML 1.1 and 1.2 read differently. Kubernetes' own
 * tools read YAML 1.1. It is our own because all environments are to cost less than one `helm template` each, and a general
 * library takes ten times as long for this one shape of output.
 */
export function manifestYaml(object: object): string {
  const lines: string[] = [];
  const map = object as Readonly<Record<string, Plain>>;
  const keys = Object.keys(map);
  writeMap(map, [...first.filter((key) => keys.includes(key)), ...keys.filter((key) => !first.includes(key)).sort()], '', lines);
  return lines.length === 0 ? '{}\n' : `${lines.join('\n')}\n`;
}

function writeMap(map: Readonly<Record<string, Plain>>, keys: readonly string[], indent: string, lines: string[]): void {
  for (const key of keys) {
    const value = map[key];
    if (value !== undefined) writeEntry(`${indent}${scalar(key)}:`, value, indent, lines);
  }
}

function writeEntry(head: string, value: Plain, indent: string, lines: string[]): void {
  if (Array.isArray(value)) {
    if (value.length === 0) lines.push(`${head} []`);
    else {
      lines.push(head);
      writeList(value, `${indent}  `, lines);
    }
  } else if (typeof value === 'object' && value !== null) {
    const map = value as Readonly<Record<string, Plain>>;
    const keys = sortedKeys(map);
    if (keys.length === 0) lines.push(`${head} {}`);
    else {
      lines.push(head);
      writeMap(map, keys, `${indent}  `, lines);
    }
  } else if (typeof value === 'string') writeText(head, value, indent, lines);
  else lines.push(`${head} ${String(value ?? null)}`);
}

function writeList(list: readonly Plain[], indent: string, lines: string[]): void {
  for (const item of list) {
    if (typeof item !== 'object' || item === null) {
      writeEntry(`${indent}-`, item, indent, lines);
      continue;
    }
    // The first line of an item stands behind its dash.
    const below: string[] = [];
    if (Array.isArray(item)) writeList(item, `${indent}  `, below);
    else writeMap(item as Readonly<Record<string, Plain>>, sortedKeys(item as Readonly<Record<string, Plain>>), `${indent}  `, below);
    const [head, ...rest] = below;
    lines.push(head === undefined ? `${indent}- ${Array.isArray(item) ? '[]' : '{}'}` : `${indent}- ${head.trimStart()}`, ...rest);
  }
}

/** Sorted by code unit, the same everywhere. */
function sortedKeys(map: Readonly<Record<string, Plain>>): string[] {
  return Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort();
}

/** Lines that a block can hold: printable, none that begins with white space at the top, none that is white space alone. */
const blockLine = /^(?:[\x21-\x7e\u00a1-\ud7ff\ue000-\ufefe][\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]*)?$/;
const innerLine = /^(?:[\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]*[\x21-\x7e\u00a1-\ud7ff\ue000-\ufefe])?$/;

function writeText(head: string, text: string, indent: string, lines: string[]): void {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const parts = text.includes('\n') ? body.split('\n') : [];
  const asBlock =
    parts.length > 0 &&
    parts[0] !== '' &&
    parts.at(-1) !== '' &&
    blockLine.test(parts[0] ?? '') &&
    parts.every((line) => innerLine.test(line));
  if (!asBlock) {
    lines.push(`${head} ${scalar(text)}`);
    return;
  }
  lines.push(`${head} |${text.endsWith('\n') ? '' : '-'}`);
  for (const line of parts) lines.push(line === '' ? '' : `${indent}  ${line}`);
}

/** Words that some reader takes for something else than text; `e5` is a number to some. */
const taken = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|e[-+]?\d+)$/i;
/** Texts that every reader takes for text: they begin like a word or a path, and hold nothing that means anything to YAML. */
const word = /^[A-Za-z_/$(](?:[\w./@$()+=,;<>%'"*[\]{}!?&|^~\\-]| (?=[^\s#])|:(?=\S))*$/;
/** Kubernetes' quantities and Go's durations: no reader takes them for numbers. */
const quantity = /^\d+(?:Ki|Mi|Gi|Ti|m|h|s|k|M|G|T)$/;

function scalar(text: string): string {
  if ((word.test(text) || quantity.test(text)) && !taken.test(text)) return text;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
