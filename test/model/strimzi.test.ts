import { describe, expect, it } from '@jest/globals';
import {
  convergedPart,
  isStrimziReserved,
  parseEnvironment,
  strimziJvmOptions,
  strimziListenerName,
  strimziVolumes,
} from '../../lib/model';
import { environmentWith } from './good-environment';

function environment(change: Record<string, unknown> = {}) {
  const { environment: parsed, problems } = parseEnvironment(environmentWith({ 'kafka/version': '4.3.1', ...change }));
  if (parsed === undefined) throw new Error(JSON.stringify(problems));
  return parsed;
}

describe('what the convergence owns', () => {
  it('is all of a cluster without an operator', () => {
    const plain = environment();
    expect(convergedPart(plain)).toBe(plain);
  });

  it('is topics and schemas of a cluster that Strimzi runs, and nobody’s account', () => {
    const part = convergedPart(environment({ 'platform/kubernetes/flavor': 'strimzi', 'convergence/deleteTopics': true }));
    expect(part.topics.map(({ name }) => name)).toEqual(['customers', 'orders']);
    expect([part.serviceAccounts, part.access, part.topicAccess, part.quotas]).toEqual([{}, [], {}, []]);
    expect(part.convergence.deleteTopics).toBe(true);
  });

  it('is no topic, and no deletion of one, where the operator owns them', () => {
    const part = convergedPart(
      environment({ 'platform/kubernetes/flavor': 'strimzi', convergence: { topics: 'operator', deleteTopics: true } }),
    );
    expect(part.topics).toEqual([]);
    expect(part.convergence.deleteTopics).toBe(false);
    expect(Object.keys(part.schemas)).toEqual(['order', 'money']);
  });
});

describe('in the words of Strimzi', () => {
  it('a listener has lower-case letters and digits', () => {
    expect(strimziListenerName({ name: 'TEAM_A2' })).toBe('teama2');
  });

  it('a volume has the number its name ends with, and disks for logs have none', () => {
    const disk = (name: string, purpose: 'data' | 'logs' = 'data') => ({ name, size: 1, purpose });
    expect(strimziVolumes([disk('data'), disk('data-12'), disk('logs', 'logs')]).map(({ id }) => id)).toEqual([0, 12]);
  });

  it('settings are its own by their beginning, with exceptions', () => {
    expect(
      ['listeners', 'SSL.keystore.type', 'log.dirs', 'broker.rack', 'controller.quorum.voters'].filter((key) => !isStrimziReserved(key)),
    ).toEqual([]);
    expect(['ssl.cipher.suites', 'broker.session.timeout.ms', 'log.retention.ms', 'num.io.threads'].filter(isStrimziReserved)).toEqual([]);
  });

  it('JVM options are flags, values and properties', () => {
    expect(strimziJvmOptions(['-XX:-UseX', '-XX:Y=1', '-Dz', '-ea'])).toEqual({
      xx: { UseX: 'false', Y: '1' },
      system: [{ name: 'z', value: '' }],
      other: ['-ea'],
    });
  });
});
