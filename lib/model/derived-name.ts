/** How long the name of a StatefulSet may be, so that the names of its pods and their hash label fit. */
export const statefulSetNameLimit = 52;
/** How long a DNS label may be: most other objects. */
export const dnsLabelLimit = 63;

/** 32-bit FNV-1a: short, stable and good enough to tell cut names apart. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return state.toString(36).padStart(7, '0');
}

/**
 * A lower-case DNS label made of `parts`, joined by hyphens. What no label may hold becomes a hyphen; what is too long is cut and
 * ends with a hash of the whole, so that two long names stay apart.
 */
export function derivedName(limit: number, ...parts: readonly string[]): string {
  const whole = parts.filter((part) => part !== '').join('-');
  const label = whole
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (label.length <= limit) return label;
  return `${label.slice(0, limit - 8).replace(/-+$/, '')}-${hash(whole)}`;
}
