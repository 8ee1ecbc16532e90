/** The path of a field; a key may have dots of its own, such as a label's. */
export function pathOf(...keys: readonly string[]): string {
  return JSON.stringify(keys);
}

/** A path as people write it. */
export function dotted(path: string): string {
  return keysOf(path)
    .map((key) => `.${key}`)
    .join('');
}

function keysOf(path: string): string[] {
  return JSON.parse(path) as string[];
}

/** The leaves of a value, by their paths; a list is one leaf. */
export function leavesOf(value: unknown, keys: readonly string[] = []): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([[pathOf(...keys), value]]);
  return new Map(Object.entries(value).flatMap(([key, each]) => [...leavesOf(each, [...keys, key])]));
}

/** A value from its leaves. */
export function fromLeaves(leaves: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of leaves) {
    const keys = keysOf(path);
    const last = keys.pop();
    if (last === undefined || value === undefined) continue;
    let at = root;
    for (const key of keys) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return root;
}

/** Who set which field of an object, as server-side apply keeps it. */
export type Owners = Map<string, Set<string>>;

/** A field that an apply would set to something else than its owner has. */
export interface FieldConflict {
  readonly owner: string;
  readonly path: string;
}

/** Applies leaves in the name of a manager: what it set before and leaves out goes, unless somebody else set it too. */
export function applyLeaves(
  before: ReadonlyMap<string, unknown>,
  owners: Owners,
  wanted: ReadonlyMap<string, unknown>,
  manager: string,
  takeOver: boolean,
): { readonly after: Map<string, unknown>; readonly conflicts: readonly FieldConflict[] } {
  const conflicts: FieldConflict[] = [];
  const after = new Map(before);
  for (const [path, value] of wanted) {
    const differs = before.has(path) && JSON.stringify(before.get(path)) !== JSON.stringify(value);
    const others = [...(owners.get(path) ?? [])].filter((owner) => owner !== manager);
    if (differs && !takeOver) conflicts.push(...others.map((owner) => ({ owner, path })));
    after.set(path, value);
    owners.set(path, new Set(differs ? [manager] : [...others, manager]));
  }
  for (const [path, who] of owners) {
    if (wanted.has(path) || !who.delete(manager) || who.size > 0) continue;
    owners.delete(path);
    after.delete(path);
  }
  return { after, conflicts };
}
