import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redundantAcls } from '../../lib/converge/redundant-acls';
import { type AclEntry, aclSet } from '../../lib/model';
import { cases } from './converge-arbitraries';

const names = ['*', 'a', 'ab', 'abc', 'b'] as const;
const hosts = ['*', '10.0.0.1', '10.0.0.2'] as const;
const operations = ['ALL', 'READ', 'WRITE', 'DESCRIBE', 'DELETE', 'ALTER', 'ALTER_CONFIGS', 'DESCRIBE_CONFIGS'] as const;

const entries = fc
  .array(
    fc.record({
      principal: fc.constantFrom('User:x', 'User:y', 'User:*'),
      host: fc.constantFrom(...hosts),
      operation: fc.constantFrom(...operations),
      permission: fc.constantFrom('ALLOW' as const, 'ALLOW' as const, 'DENY' as const),
      resourceType: fc.constantFrom('TOPIC' as const, 'GROUP' as const),
      resourceName: fc.constantFrom(...names),
      patternType: fc.constantFrom('LITERAL' as const, 'PREFIXED' as const),
    }),
    { maxLength: 14 },
  )
  .map(aclSet);

interface Request {
  readonly principal: string;
  readonly host: string;
  readonly operation: string;
  readonly resourceType: string;
  readonly name: string;
}

/** Every request that the entries above could tell apart; `*` is a name too, of a group. */
const requests: readonly Request[] = ['User:x', 'User:y', 'User:z'].flatMap((principal) =>
  ['10.0.0.1', '10.0.0.2', '10.0.0.3'].flatMap((host) =>
    operations
      .filter((operation) => operation !== 'ALL')
      .flatMap((operation) =>
        ['TOPIC', 'GROUP'].flatMap((resourceType) =>
          ['a', 'ab', 'abc', 'abcd', 'b', 'c', '*x'].map((name) => ({ principal, host, operation, resourceType, name })),
        ),
      ),
  ),
);

const implying: Readonly<Record<string, readonly string[]>> = {
  DESCRIBE: ['DESCRIBE', 'READ', 'WRITE', 'DELETE', 'ALTER'],
  DESCRIBE_CONFIGS: ['DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
};

/** What a broker says: denied before allowed; an ALLOW brings what it implies, a DENY takes what it names. */
function decision(acls: readonly AclEntry[], { principal, host, operation, resourceType, name }: Request): boolean {
  const about = acls.filter(
    (entry) =>
      ['User:*', principal].includes(entry.principal) &&
      ['*', host].includes(entry.host) &&
      entry.resourceType === resourceType &&
      (entry.patternType === 'PREFIXED' ? name.startsWith(entry.resourceName) : ['*', name].includes(entry.resourceName)),
  );
  if (about.some((entry) => entry.permission === 'DENY' && ['ALL', operation].includes(entry.operation))) return false;
  const enough = ['ALL', ...(implying[operation] ?? [operation])];
  return about.some((entry) => entry.permission === 'ALLOW' && enough.includes(entry.operation));
}

describe('a grant that is reported as redundant', () => {
  it('changes no decision by going, alone or with all others', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (acls, choice) => {
        const found = redundantAcls(acls).map(({ entry }) => entry);
        fc.pre(found.length > 0);
        const gone = new Set(choice % 2 === 0 ? found : [found[choice % found.length]]);
        const left = acls.filter((entry) => !gone.has(entry));
        const granted = (some: readonly AclEntry[]) => requests.filter((request) => decision(some, request));
        expect(granted(left)).toEqual(granted(acls));
      }),
      { numRuns: cases(100) },
    );
  });

  it('is reported wherever one of the same principal holds it, and by nothing else', () => {
    fc.assert(
      fc.property(entries, (acls) => {
        const allows = acls.filter(({ permission }) => permission === 'ALLOW');
        const samples = (entry: AclEntry) =>
          requests.filter(
            ({ principal, operation }) =>
              (principal === entry.principal || entry.principal === 'User:*') &&
              (entry.operation === 'ALL' || operation === entry.operation),
          );
        for (const { entry, by } of redundantAcls(acls)) {
          expect(by.principal).toBe(entry.principal);
          expect(samples(entry).filter((request) => decision([entry], request) && !decision([by], request))).toEqual([]);
        }
        const reported = new Set(redundantAcls(acls).map(({ entry }) => entry));
        for (const entry of allows) {
          const twin = allows.find(
            (other) =>
              other !== entry &&
              other.principal === entry.principal &&
              other.resourceType === entry.resourceType &&
              other.operation === entry.operation &&
              other.host === '*' &&
              other.patternType === 'LITERAL' &&
              other.resourceName === '*',
          );
          if (twin !== undefined) expect(reported.has(entry)).toBe(true);
        }
      }),
      { numRuns: cases(100) },
    );
  });
});
