import { type KafkaAdmin, type QuotaLimit, quotaKey } from '../kafka';
import { namePattern } from '../model';
import { ConvergeError } from './converge-error';
import { type Desired, userKey } from './desired';
import { aclDigest } from './fingerprint';
import type { ServicePorts } from './live-services';
import type { Lock } from './lock';
import { type OwnedKind, type OwnershipStore, withOwned } from './ownership';

/** What can be adopted or released, by the name a person would give and the name in the record. */
interface Candidate {
  readonly name: string;
  readonly recorded: string;
}

/** What came of it: names in a fixed order. */
export interface Adoption {
  readonly changed: readonly string[];
  /** Patterns that nothing matched. */
  readonly unmatched: readonly string[];
}

/**
 * Takes things that are there and declared as owned, or gives them up; the cluster itself stays as it is. Names may end in `*`. ACLs go by
 * principal, and all of a declared one are adopted: those not declared are removed by the next apply.
 */
export async function changeOwnership(
  desired: Desired,
  ports: ServicePorts & { readonly admin: KafkaAdmin; readonly ownership: OwnershipStore; readonly lock: Lock },
  { kind, action, names }: { readonly kind: OwnedKind; readonly action: 'adopt' | 'release'; readonly names: readonly string[] },
): Promise<Adoption> {
  const ownership = await ports.ownership.read();
  const owned = recordedNames(ownership[kind]);
  const live = kind === 'acls' || action === 'adopt' ? await there(desired, kind, ports) : owned.map((name) => ({ name, recorded: name }));
  // A quota may be owned in part: then the rest of its limits is adopted.
  const again = kind === 'quotas' && action === 'adopt';
  const candidates = live.filter(({ recorded }) => again || owned.includes(recorded) === (action === 'release'));
  const patterns = names.map((name) => ({ name, matches: namePattern(name) }));
  const chosen = candidates.filter(({ name }) =>
    patterns.some(({ matches }) => matches(name) || matches(name.replace(/\/[^/]*$/, '')) || matches(name.replace(/^User:/, ''))),
  );
  const unmatched = patterns
    .filter(
      ({ matches }) =>
        !live.some(({ name }) => matches(name) || matches(name.replace(/\/[^/]*$/, '')) || matches(name.replace(/^User:/, ''))),
    )
    .map(({ name }) => name);
  if (chosen.length > 0) {
    const lock = await ports.lock.take();
    try {
      await lock.prove();
      const limits = new Map(
        (kind === 'quotas' && action === 'adopt' ? await ports.admin.quotas() : []).map((quota) => [
          quotaKey(quota),
          Object.keys(quota.limits) as QuotaLimit[],
        ]),
      );
      const recorded = chosen.map((candidate) => candidate.recorded);
      const next = withOwned(await ports.ownership.read(), kind, recorded, action, limits);
      await ports.ownership.write({ ...next, environment: desired.environment });
    } finally {
      await lock.release();
    }
  }
  return { changed: [...new Set(chosen.map(({ name }) => name))].sort(), unmatched };
}

function recordedNames(part: ReadonlyMap<string, unknown> | ReadonlySet<string>): readonly string[] {
  return [...part.keys()];
}

/** What is declared and really there. */
async function there(
  desired: Desired,
  kind: OwnedKind,
  { admin, registry, connect }: ServicePorts & { readonly admin: KafkaAdmin },
): Promise<readonly Candidate[]> {
  const same = (name: string) => ({ name, recorded: name });
  switch (kind) {
    case 'topics':
      return (await admin.topics(desired.topics.map(({ name }) => name))).map(({ name }) => same(name));
    case 'users': {
      const live = await admin.scramUsers();
      return desired.users
        .filter(({ user, mechanism }) => live.get(user)?.some((each) => each.mechanism === mechanism))
        .map((user) => same(userKey(user)));
    }
    case 'quotas': {
      const declared = new Set(desired.quotas.map(quotaKey));
      return (await admin.quotas())
        .map(quotaKey)
        .filter((key) => declared.has(key))
        .map(same);
    }
    case 'schemas': {
      if (registry === undefined) throw new ConvergeError('service-silent', 'no schema registry is named; give --schema-registry');
      const declared = new Set((desired.schemas?.subjects ?? []).map(({ subject }) => subject));
      return (await registry.subjects()).filter((subject) => declared.has(subject)).map(same);
    }
    case 'connectors': {
      if (connect === undefined) throw new ConvergeError('service-silent', 'no worker of Kafka Connect is named; give --connect');
      const declared = new Set((desired.connectors ?? []).map(({ connector }) => connector));
      return [...(await connect.connectors()).keys()].filter((name) => declared.has(name)).map(same);
    }
    case 'acls': {
      const declared = new Set(desired.accounts);
      return (await admin.acls())
        .filter(({ principal }) => declared.has(principal))
        .map((entry) => ({ name: entry.principal, recorded: aclDigest(entry) }));
    }
  }
}
