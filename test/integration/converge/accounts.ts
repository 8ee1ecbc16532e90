import { expect, it } from '@jest/globals';
import { type Desired, desiredOf } from '../../../lib/converge';
import type { KafkaAdmin } from '../../../lib/kafka';
import { aclsOf, type Environment } from '../../../lib/model';
import { waitFor } from '../../support/kafka/wait-for';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { type Session, sessionOn } from './clusters';
import { type Act, acts, shallBeAble, type Thing } from './intent';
import { visitorOf } from './probes';
import { evict } from './vacate';

/** Something that an account can try. */
interface Attempt {
  readonly act: Act;
  readonly thing: Thing;
  readonly name: string;
}

/** Names that the patterns of an environment are about, and some that none is about. */
function namesIn(environment: Environment): Readonly<Record<Thing, readonly string[]>> {
  const names = new Map<string, Set<string>>();
  for (const { resourceType, resourceName, patternType } of aclsOf(environment)) {
    const found = names.get(resourceType) ?? new Set();
    names.set(resourceType, found);
    if (resourceName !== '*') found.add(patternType === 'PREFIXED' ? `${resourceName}probe` : resourceName);
  }
  const of = (type: string, ...more: string[]) => [...(names.get(type) ?? []), ...more].sort();
  const declared = environment.topics.map(({ name }) => name);
  return {
    topic: [...new Set([...of('TOPIC', ...declared), 'strange', '_kafkon'])],
    group: of('GROUP', 'strangers'),
    transaction: of('TRANSACTIONAL_ID', 'strange-transaction'),
    cluster: ['kafka-cluster'],
  };
}

function attemptsIn(environment: Environment): readonly Attempt[] {
  return Object.entries(namesIn(environment)).flatMap(([thing, names]) =>
    names.flatMap((name) => acts[thing as Thing].map((act) => ({ act, thing: thing as Thing, name }))),
  );
}

/** Topics that are named in grants and declared nowhere. */
async function furnish(environment: Environment, admin: KafkaAdmin): Promise<void> {
  const there = new Set((await admin.topics()).map(({ name }) => name));
  const missing = [...namesIn(environment).topic, 'probed'].filter((name) => !there.has(name));
  await admin.createTopics(missing.map((name) => ({ name, partitions: 1, replicationFactor: 1, config: {} })));
  await waitFor('the topics have leaders', async () =>
    (await admin.topics(missing)).every(
      ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader !== undefined),
    ),
  );
}

/** Each account of an environment against everything that is named in it: what it can do is what it shall be able to do. */
export function accounts(
  title: string,
  cluster: () => LocalCluster,
  environmentOf: () => Environment,
  onProgress: (line: string) => void = () => undefined,
): void {
  it(`let every account of ${title} do what is meant, and nothing else`, async () => {
    const environment = environmentOf();
    const session = await sessionOn(cluster(), { environment: environment.name, secrets: passwordsOf(environment) });
    try {
      await evict(session);
      const desired: Desired = { ...desiredOf(environment), clusterId: (await session.admin.cluster()).clusterId };
      await session.apply(desired);
      await furnish(environment, session.admin);
      const wrong = await surprises(cluster(), environment, session, (line) => onProgress(`${title}: ${line}`));
      expect(wrong).toEqual([]);
    } finally {
      await session.close();
    }
  }, 600_000);
}

/** The secrets of an environment, each with a value. */
export function passwordsOf(environment: Environment): Map<string, string> {
  return new Map(desiredOf(environment).users.map(({ secret }) => [secret, passwordOf(secret)]));
}

/** The value that a secret has here. */
export function passwordOf(name: string): string {
  return `${name}-of-a-test-0123456789`;
}

async function surprises(
  cluster: LocalCluster,
  environment: Environment,
  { admin }: Session,
  onProgress: (line: string) => void,
): Promise<readonly string[]> {
  const known = new Map(desiredOf(environment).users.map((user) => [user.user, user]));
  // Who comes with a certificate elsewhere is the same principal with a password here.
  const others = Object.keys(environment.serviceAccounts).filter((name) => !known.has(name));
  await admin.upsertScramUsers(
    others.map((user) => ({ user, mechanism: 'SCRAM-SHA-512', iterations: 4096, password: passwordOf(`${user}-password`) })),
  );
  const { ca } = await cluster.pemOf('convergence');
  const wrong: string[] = [];
  const attempts = attemptsIn(environment);
  const users = Object.keys(environment.serviceAccounts);
  for (const [index, user] of users.entries()) {
    const { mechanism = 'SCRAM-SHA-512', secret = `${user}-password` } = known.get(user) ?? {};
    const visitor = visitorOf({
      bootstrapServers: cluster.bootstrap('CLIENT').split(','),
      tls: { ca },
      scram: { user, mechanism, password: passwordOf(secret) },
    });
    for (const { act, thing, name } of attempts) {
      const shall = shallBeAble(environment, user, act, thing, name);
      // Who may delete it would: what is there shall stay for the others.
      const tried = act === 'delete' && shall ? `${name}-gone` : name;
      if (act === 'delete' && shall && !shallBeAble(environment, user, act, thing, tried)) continue;
      const does = await visitor.may(act, tried);
      if (does !== shall) wrong.push(`${user} ${does ? 'can' : 'cannot'} ${act} ${thing} ${tried}`);
    }
    await visitor.close();
    onProgress(`account ${index + 1} of ${users.length}, ${attempts.length} attempts each, ${wrong.length} wrong`);
  }
  await admin.deleteScramUsers(others.map((user) => ({ user, mechanism: 'SCRAM-SHA-512' })));
  return wrong;
}
