import type { Mbean } from './metric';

const PLACEHOLDER = /\{([a-z_]+)(?::([^}]*))?\}/g;

/** A text with placeholders, cut into plain text and labels. */
type Piece = string | { readonly label: string; readonly values: readonly string[] };

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > at) pieces.push(text.slice(at, match.index));
    pieces.push({ label: match[1] ?? '', values: match[2] === undefined ? [] : match[2].split('|') });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push(text.slice(at));
  return pieces;
}

/** Every ObjectName that a pattern asks the agent to read; a placeholder of n values makes n of them, one without values a `*`. */
export function objectNames(mbean: Mbean): readonly string[] {
  let names: readonly string[] = [''];
  for (const piece of piecesOf(mbean.name)) {
    const choices = typeof piece === 'string' ? [piece] : piece.values.length === 0 ? ['*'] : piece.values;
    names = names.flatMap((name) => choices.map((choice) => name + choice));
  }
  return names;
}

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function regexOf(text: string): string {
  return piecesOf(text)
    .map((piece) => {
      if (typeof piece === 'string') return piece.split('*').map(escapeRegex).join('[^,>]*');
      return piece.values.length === 0 ? '([^,>]+)' : `(${piece.values.join('|')})`;
    })
    .join('');
}

/**
 * The agent's own form of a pattern: `domain<key=value, key=value><composite>attribute:`.
 * The colon ends the attribute's name, which would otherwise match as a prefix.
 */
export function rulePattern(mbean: Mbean): string {
  const colon = mbean.name.indexOf(':');
  const [outer = '', key] = mbean.attribute.split('/');
  const properties = mbean.name.slice(colon + 1).replaceAll(/,(?=[A-Za-z0-9]+=)/g, ', ');
  const attribute = key === undefined ? `<>${regexOf(outer)}` : `<${regexOf(outer)}>${regexOf(key)}`;
  return `${escapeRegex(mbean.name.slice(0, colon))}<${regexOf(properties)}>${attribute}:`;
}

/** The labels that a pattern gives, each with the group of the rule's pattern or the fixed text that is its value. */
export function ruleLabels(mbean: Mbean): Readonly<Record<string, string>> {
  const placeholders = [...piecesOf(mbean.name), ...piecesOf(mbean.attribute)].filter((piece) => typeof piece !== 'string');
  return { ...mbean.labels, ...Object.fromEntries(placeholders.map((piece, index) => [piece.label, `$${index + 1}`])) };
}

/** The values that a placeholder lists, for those that do. */
export function listedValues(mbean: Mbean): Readonly<Record<string, readonly string[]>> {
  const placeholders = [...piecesOf(mbean.name), ...piecesOf(mbean.attribute)].filter((piece) => typeof piece !== 'string');
  return Object.fromEntries(placeholders.filter((piece) => piece.values.length > 0).map((piece) => [piece.label, piece.values]));
}
