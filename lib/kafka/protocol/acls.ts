import type { AclEntry } from '../../model';
import { type Answer, answer } from './answer';
import type { Protocol, Reader, Writer } from './wire';

const any = 1;
const resourceTypes: Readonly<Record<AclEntry['resourceType'], number>> = {
  TOPIC: 2,
  GROUP: 3,
  CLUSTER: 4,
  TRANSACTIONAL_ID: 5,
  DELEGATION_TOKEN: 6,
};
const patternTypes: Readonly<Record<AclEntry['patternType'], number>> = { LITERAL: 3, PREFIXED: 4 };
const permissions: Readonly<Record<AclEntry['permission'], number>> = { DENY: 2, ALLOW: 3 };
const operations: Readonly<Record<AclEntry['operation'], number>> = {
  ALL: 2,
  READ: 3,
  WRITE: 4,
  CREATE: 5,
  DELETE: 6,
  ALTER: 7,
  DESCRIBE: 8,
  CLUSTER_ACTION: 9,
  DESCRIBE_CONFIGS: 10,
  ALTER_CONFIGS: 11,
  IDEMPOTENT_WRITE: 12,
};

function inverse<Name extends string>(numbers: Readonly<Record<Name, number>>): ReadonlyMap<number, Name> {
  return new Map((Object.entries(numbers) as [Name, number][]).map(([name, number]) => [number, name]));
}

const names = {
  resourceType: inverse(resourceTypes),
  patternType: inverse(patternTypes),
  permission: inverse(permissions),
  operation: inverse(operations),
};

/** Matches any value of a field that is left out. */
export type AclFilter = Partial<AclEntry>;

function writeEntry(writer: Writer, filter: AclFilter): void {
  const { resourceType, resourceName, patternType, principal, host, operation, permission } = filter;
  writer
    .int8(resourceType === undefined ? any : resourceTypes[resourceType])
    .string(resourceName ?? null)
    .int8(patternType === undefined ? any : patternTypes[patternType])
    .string(principal ?? null)
    .string(host ?? null)
    .int8(operation === undefined ? any : operations[operation])
    .int8(permission === undefined ? any : permissions[permission])
    .end();
}

/** The entry that four names and three numbers stand for; undefined for kinds that the model has no word for. */
function entryOf(
  resource: readonly [type: number, name: string, pattern: number],
  acl: readonly [principal: string, host: string, operation: number, permission: number],
): AclEntry | undefined {
  const [resourceType, patternType] = [names.resourceType.get(resource[0]), names.patternType.get(resource[2])];
  const [operation, permission] = [names.operation.get(acl[2]), names.permission.get(acl[3])];
  if (!resourceType || !patternType || !operation || !permission) return undefined;
  return { principal: acl[0], host: acl[1], operation, permission, resourceType, resourceName: resource[1], patternType };
}

const known = (entry: AclEntry | undefined): AclEntry[] => (entry === undefined ? [] : [entry]);
const resourceOf = (reader: Reader) => [reader.int8(), reader.string(), reader.int8()] as const;
const aclOf = (reader: Reader) => [reader.string(), reader.string(), reader.int8(), reader.int8()] as const;

/** DescribeAcls 2: the entries that a filter matches. */
export const describeAcls: Protocol<AclFilter, Answer & { readonly entries: readonly AclEntry[] }> = {
  name: 'DescribeAcls',
  apiKey: 29,
  version: 2,
  flexible: true,
  write: writeEntry,
  read: (reader) => {
    reader.skip(4);
    return {
      ...answer(reader),
      entries: reader
        .array(() => {
          const resource = resourceOf(reader);
          return reader.end(reader.array(() => reader.end(entryOf(resource, aclOf(reader)))));
        })
        .flat()
        .flatMap(known),
    };
  },
};

/** CreateAcls 2: an answer for each entry, in their order. */
export const createAcls: Protocol<readonly AclEntry[], Answer[]> = {
  name: 'CreateAcls',
  apiKey: 30,
  version: 2,
  flexible: true,
  write: (writer, entries) => {
    writer.array(entries, (entry) => writeEntry(writer, entry)).end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end(answer(reader)));
  },
};

/** DeleteAcls 2: for each filter, in their order, what it matched. */
export const deleteAcls: Protocol<readonly AclFilter[], (Answer & { readonly matched: readonly Answer[] })[]> = {
  name: 'DeleteAcls',
  apiKey: 31,
  version: 2,
  flexible: true,
  write: (writer, filters) => {
    writer.array(filters, (filter) => writeEntry(writer, filter)).end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end({ ...answer(reader), matched: reader.array(match) }));

    function match(): Answer {
      const each = answer(reader);
      resourceOf(reader);
      aclOf(reader);
      return reader.end(each);
    }
  },
};
