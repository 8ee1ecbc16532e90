/** A test for names: `tda_*` matches by prefix, anything else matches itself alone. */
export function namePattern(pattern: string): (name: string) => boolean {
  if (!pattern.endsWith('*')) return (name) => name === pattern;
  const prefix = pattern.slice(0, -1);
  return (name) => name.startsWith(prefix);
}
