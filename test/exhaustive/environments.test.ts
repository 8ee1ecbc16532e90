import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { convergedPart, type Environment } from '../../lib/model';
import { environmentOf as committed, concreteIds } from '../environments/environments';
import { accounts } from '../integration/converge/accounts';
import { environmentFor, type Mode, type Stand, standUp } from '../integration/converge/clusters';
import { everyIntent } from '../integration/converge/every-intent';
import { seed } from '../integration/converge/seeds';
import { describeWith } from '../support/parts';
import { temporaryFolders } from '../support/temporary-folder';

/** Environments that can live in one cluster after each other: the metadata is kept alike, and both authorize or neither does. */
function groups(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const id of concreteIds()) {
    const { metadata, authorization } = committed(id);
    const key = `${metadata.mode} ${authorization}`;
    found.set(key, [...(found.get(key) ?? []), id]);
  }
  return found;
}

/** How far it is, for whoever waits: Jest itself says nothing before the end. */
const onProgress = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Here every client comes from one address. */
function fromHere(environment: Environment): Environment {
  const lists = Object.keys(environment.security.ipAllowlists).map((name) => [name, ['127.0.0.1/32']]);
  return { ...environment, security: { ...environment.security, ipAllowlists: Object.fromEntries(lists) } };
}

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2', 'kafka-4.3.1'], 'the committed environments', () => {
  const temporaryFolder = temporaryFolders();
  afterEach(() => onProgress(`done: ${expect.getState().currentTestName}`));

  for (const [group, ids] of groups()) {
    const [mode, authorization] = group.split(' ') as [Mode, Environment['authorization']];
    describe(`in a cluster with ${mode} and authorization ${authorization}`, () => {
      let stand: Stand | undefined;
      const running = () => (stand as Stand).cluster;
      beforeAll(async () => {
        const open = {
          authorization,
          listeners: [{ name: 'BESIDE', port: 9192, security: 'plaintext' }],
          serviceAccounts: {},
          access: [],
        } as const;
        stand = await standUp(
          environmentFor(mode, authorization === 'acl' ? {} : (structuredClone(open) as never)),
          temporaryFolder(group.replace(' ', '-')),
        );
      });
      afterAll(async () => {
        await stand?.stop();
      });

      for (const id of ids) {
        seed(id, running);
        // Accounts that an operator makes are not there.
        const { serviceAccounts } = convergedPart(committed(id));
        if (authorization === 'acl' && Object.keys(serviceAccounts).length > 0)
          accounts(id, running, () => fromHere(committed(id)), onProgress);
      }
      if (authorization === 'acl') accounts('a model with every intent', running, () => everyIntent(mode), onProgress);
    });
  }
});
