import type { AclEntry } from '../model';
import { covers } from './acl-coverage';
import { aclText } from './acl-text';
import type { Note } from './findings';

/** An ACL that could go, and the one that makes it so. */
export interface Redundancy {
  readonly entry: AclEntry;
  readonly by: AclEntry;
}

/**
 * Of a set of ACLs the grants that a broader one of the same principal holds wholly; all of them can go at once without any decision of
 * the brokers changing. What an operation implies is not counted: READ brings DESCRIBE, and saying both is how Kafka's own tools write it.
 */
export function redundantAcls(wanted: readonly AclEntry[]): readonly Redundancy[] {
  const allows = wanted.filter(({ permission }) => permission === 'ALLOW');
  const broad = new Map<string, AclEntry[]>();
  for (const entry of allows) {
    if (!isBroad(entry)) continue;
    const key = groupOf(entry);
    const group = broad.get(key);
    if (group === undefined) broad.set(key, [entry]);
    else group.push(entry);
  }
  const narrowed = allows.some(({ host }) => host !== '*');
  const everywhere = allows.filter(({ host, patternType }) => narrowed && host === '*' && patternType === 'LITERAL');
  const literal = new Map(everywhere.map((entry) => [placeOf(entry), entry]));
  return allows.flatMap((entry) => {
    const anywhere = entry.host === '*' ? undefined : literal.get(placeOf(entry));
    const by =
      anywhere !== undefined && covers(anywhere, entry)
        ? anywhere
        : broad.get(groupOf(entry))?.find((candidate) => candidate !== entry && covers(candidate, entry));
    return by === undefined ? [] : [{ entry, by }];
  });
}

/** `redundantAcls` in words. */
export function redundancyNotes(wanted: readonly AclEntry[]): readonly Note[] {
  return redundantAcls(wanted).map(({ entry, by }) => ({
    code: 'redundant-acl',
    message: `${aclText(entry)} adds nothing: ${aclText(by)} holds it`,
  }));
}

/** Whether it can hold an ACL that differs in more than its host. Few are: thousands must not be compared with thousands. */
function isBroad({ patternType, resourceName, operation }: AclEntry): boolean {
  return patternType === 'PREFIXED' || resourceName === '*' || operation === 'ALL';
}

function groupOf({ principal, resourceType }: AclEntry): string {
  return `${resourceType} ${principal}`;
}

/** All of it but the host. */
function placeOf({ principal, resourceType, resourceName, operation }: AclEntry): string {
  return [principal, resourceType, resourceName, operation].join('\u0000');
}
