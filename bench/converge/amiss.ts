import { setTimeout as sleep } from 'node:timers/promises';
import { clientFor } from '../../lib/kafka';
import { ownershipTopic } from '../../lib/model';
import { type Desired, operations } from './workload';

/** How what a broker serves differs from what is declared. */
export interface Amiss {
  /** Topics, settings and ACLs that are declared and not there, or otherwise. */
  readonly missing: number;
  /** Topics and ACLs that are there and not declared. */
  readonly besides: number;
}

/** Asks until nothing is amiss any more, or until nothing has changed for some seconds: a broker shows late what it has accepted. */
export async function amiss(address: string, desired: Desired, patienceMs = 10_000): Promise<Amiss> {
  const admin = clientFor({ bootstrapServers: [address], requestTimeoutMs: 120_000 });
  const wantedTopics = new Map(desired.topics.map((topic) => [topic.name, topic]));
  const wantedAcls = new Set(
    desired.rights.flatMap(({ principal, resource }) => operations.map((operation) => `User:${principal} ${operation} ${resource}`)),
  );
  const ask = async (): Promise<Amiss> => {
    const topics = (await admin.topics()).filter(({ internal, name }) => !internal && name !== ownershipTopic).map(({ name }) => name);
    const keys = Object.keys(desired.topics[0]?.config ?? {});
    const present = topics.filter((name) => wantedTopics.has(name));
    const configs = await admin.topicConfigs(present, keys);
    const different = present.flatMap((name) => {
      const served = new Map((configs.get(name) ?? []).map(({ key, value }) => [key, value]));
      return Object.entries(wantedTopics.get(name)?.config ?? {}).filter(([key, value]) => served.get(key) !== value);
    });
    const acls = new Set((await admin.acls()).map(({ principal, operation, resourceName }) => `${principal} ${operation} ${resourceName}`));
    return {
      missing: wantedTopics.size - present.length + different.length + [...wantedAcls].filter((acl) => !acls.has(acl)).length,
      besides: topics.length - present.length + [...acls].filter((acl) => !wantedAcls.has(acl)).length,
    };
  };
  try {
    let found = await ask();
    for (let quietSince = Date.now(); found.missing + found.besides > 0 && Date.now() - quietSince < patienceMs; ) {
      await sleep(500);
      const now = await ask();
      if (now.missing !== found.missing || now.besides !== found.besides) quietSince = Date.now();
      found = now;
    }
    return found;
  } finally {
    await admin.close();
  }
}
