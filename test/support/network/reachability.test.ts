import { describe, expect, it } from '@jest/globals';
import { inNetwork, type Pod, type Policy, reaches } from './reachability';

const pod = (name: string, namespace = 'a'): Pod => ({ name, namespace, labels: { app: name }, ip: '10.1.0.1' });
const policy = (spec: Policy['spec']): Policy => ({ kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'a' }, spec });
const [web, db, far] = [pod('web'), pod('db'), pod('web', 'b')];
const intoDb = policy({
  podSelector: { matchLabels: { app: 'db' } },
  policyTypes: ['Ingress'],
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }],
});

describe('reaches', () => {
  it('lets everything through where no policy selects the pod', () => {
    expect(reaches([intoDb], db, web, 80)).toBe(true);
  });

  it('lets in whom a rule names, on its port and protocol, from its own namespace alone', () => {
    expect(reaches([intoDb], web, db, 5432)).toBe(true);
    expect(reaches([intoDb], web, db, 22)).toBe(false);
    expect(reaches([intoDb], web, db, 5432, 'UDP')).toBe(false);
    expect(reaches([intoDb], far, db, 5432)).toBe(false);
  });

  it('asks the sender as well as the receiver', () => {
    const nothingOut = policy({ podSelector: {}, policyTypes: ['Egress'] });
    expect(reaches([intoDb, nothingOut], web, db, 5432)).toBe(false);
  });

  it('takes a rule without peers for everybody, and one without ports for every port', () => {
    const open = policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] });
    expect(reaches([open], { name: 'laptop', ip: '192.0.2.1' }, db, 22)).toBe(true);
  });

  it('knows a namespace by its name', () => {
    const fromB = policy({
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } } }] }],
    });
    expect([reaches([fromB], far, db, 1), reaches([fromB], web, db, 1)]).toEqual([true, false]);
  });
});

describe('inNetwork', () => {
  it('compares the leading bits', () => {
    expect(inNetwork('10.7.0.1', '10.0.0.0/8')).toBe(true);
    expect(inNetwork('11.7.0.1', '10.0.0.0/8')).toBe(false);
    expect(inNetwork('203.0.113.9', '0.0.0.0/0')).toBe(true);
    expect(inNetwork('203.0.113.9', '203.0.113.9/32')).toBe(true);
    expect(inNetwork('203.0.113.9', '::/0')).toBe(false);
  });
});
