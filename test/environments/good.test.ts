import { describe, expect, it } from '@jest/globals';
import { concreteIds, environmentOf, loaded } from './environments';

const ids = concreteIds();

describe('the environments of the repository', () => {
  it('are at least twelve', () => {
    expect(ids.length).toBeGreaterThanOrEqual(12);
  });

  it.each(ids)('%s is complete and has neither errors nor warnings', (id) => {
    const { environment, problems } = loaded(id);
    expect(problems.filter(({ severity }) => severity !== 'notice')).toEqual([]);
    expect(environment).toBeDefined();
  });

  it.each(ids)('%s carries no waiver', (id) => {
    expect(environmentOf(id).waivers).toEqual([]);
  });

  it('have names and Kubernetes namespaces of their own', () => {
    const names = ids.map((id) => environmentOf(id).name.toLowerCase());
    const namespaces = ids.map((id) => environmentOf(id).platform.kubernetes.namespace ?? environmentOf(id).name.toLowerCase());
    expect(new Set(names).size).toBe(ids.length);
    expect(new Set(namespaces).size).toBe(ids.length);
  });

  it('cover both metadata modes, both distributions, every kind and both kinds of quorum', () => {
    const environments = ids.map(environmentOf);
    expect(new Set(environments.map(({ kind }) => kind))).toEqual(new Set(['development', 'testing', 'staging', 'production']));
    expect(new Set(environments.map(({ kafka }) => kafka.version.distribution))).toEqual(new Set(['apache', 'confluent']));
    expect(new Set(environments.map(({ kafka }) => kafka.version.line))).toEqual(new Set(['3.5', '3.6', '3.9', '4.3']));
    const modes = environments.map(({ metadata }) => (metadata.mode === 'kraft' ? metadata.quorum : metadata.mode));
    expect(new Set(modes)).toEqual(new Set(['zookeeper', 'static', 'dynamic']));
  });

  it('encrypt, authenticate and authorize everything in staging and production', () => {
    for (const environment of ids.map(environmentOf).filter(({ kind }) => kind === 'staging' || kind === 'production')) {
      expect(environment.listeners.filter(({ security }) => security === 'plaintext' || security === 'tls')).toEqual([]);
      expect(environment.metadata.security).toBe('mtls');
      expect(environment.authorization).toBe('acl');
    }
  });
});
