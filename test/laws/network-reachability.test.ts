import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { enters, inNetwork, leaves, type Pod, type Policy, reaches } from '../support/network/reachability';

const namespaces = ['a', 'b'] as const;
const label = fc.constantFrom('x', 'y', 'z');
const labels = fc.dictionary(fc.constantFrom('app', 'tier'), label, { maxKeys: 2 });
const address = fc.ipV4();
const cidr = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`);
const port = fc.integer({ min: 1, max: 5 });

const pod: fc.Arbitrary<Pod> = fc.record({ name: fc.string(), namespace: fc.constantFrom(...namespaces), labels, ip: address });
const selector = fc.oneof(
  fc.constant({}),
  labels.map((matchLabels) => ({ matchLabels })),
  fc
    .record({ key: fc.constantFrom('app', 'tier'), operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'), value: label })
    .map(({ key, operator, value }) => ({
      matchExpressions: [{ key, operator, ...(operator.endsWith('In') ? { values: [value] } : {}) }],
    })),
);
const peer = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  fc.tuple(selector, fc.constantFrom(...namespaces)).map(([podSelector, name]) => ({
    podSelector,
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  })),
  cidr.map((each) => ({ ipBlock: { cidr: each } })),
);
const ports = fc.array(
  fc.tuple(port, fc.integer({ min: 0, max: 2 })).map(([first, more]) => ({ port: first, endPort: first + more })),
  { minLength: 1, maxLength: 2 },
);
const peers = fc.array(peer, { minLength: 1, maxLength: 2 });
const policy: fc.Arbitrary<Policy> = fc
  .record({
    namespace: fc.constantFrom(...namespaces),
    podSelector: selector,
    incoming: fc.array(fc.tuple(peers, ports)),
    outgoing: fc.array(fc.tuple(peers, ports)),
  })
  .map(({ namespace, podSelector, incoming, outgoing }) => ({
    kind: 'NetworkPolicy',
    metadata: { name: 'any', namespace },
    spec: {
      podSelector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: incoming.map(([from, each]) => ({ from, ports: each })),
      egress: outgoing.map(([to, each]) => ({ to, ports: each })),
    },
  }));
const world = fc.tuple(fc.array(policy, { maxLength: 4 }), pod, pod, port);

describe('network policies, as they are evaluated', () => {
  it('let a connection happen exactly where both ends agree', () => {
    fc.assert(
      fc.property(world, ([policies, from, to, at]) => {
        expect(reaches(policies, from, to, at)).toBe(leaves(policies, from, to, at) && enters(policies, from, to, at));
      }),
    );
  });

  it('do not depend on their order', () => {
    fc.assert(
      fc.property(world, ([policies, from, to, at]) => {
        expect(reaches([...policies].reverse(), from, to, at)).toBe(reaches(policies, from, to, at));
      }),
    );
  });

  it('add to each other: beside a denial, one policy more closes nothing', () => {
    const denials: readonly Policy[] = namespaces.map((namespace) => ({
      kind: 'NetworkPolicy',
      metadata: { name: 'deny', namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    }));
    fc.assert(
      fc.property(world, policy, ([policies, from, to, at], more) => {
        const before = reaches([...denials, ...policies], from, to, at);
        expect(before && !reaches([...denials, ...policies, more], from, to, at)).toBe(false);
        expect(reaches(denials, from, to, at)).toBe(false);
      }),
    );
  });

  it('leave alone whom none selects, and whoever is in no namespace', () => {
    fc.assert(
      fc.property(world, address, ([policies, from, to, at], ip) => {
        const elsewhere = policies.map((each) => ({ ...each, metadata: { ...each.metadata, namespace: 'c' } }));
        expect(reaches(elsewhere, from, to, at)).toBe(true);
        const outside = { name: 'outside', ip };
        expect([leaves(policies, outside, to, at), enters(policies, from, outside, at)]).toEqual([true, true]);
      }),
    );
  });

  it('are about what goes out only where they say so', () => {
    const rule = { podSelector: {}, ingress: [] };
    const [from, to]: readonly [Pod, Pod] = [
      { name: 'a', namespace: 'a', labels: {}, ip: '10.0.0.1' },
      { name: 'b', namespace: 'b', labels: {}, ip: '10.0.0.2' },
    ];
    const of = (spec: Policy['spec']): Policy => ({ kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'a' }, spec });
    expect([reaches([of(rule)], from, to, 1), reaches([of(rule)], to, from, 1)]).toEqual([true, false]);
    expect(reaches([of({ ...rule, egress: [] })], from, to, 1)).toBe(false);
  });
});

describe('networks', () => {
  it('are the union of their halves, hold themselves and everything is in the largest', () => {
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 31 }), (ip, base, bits) => {
        const halves = [`${base}/${bits + 1}`, `${flipped(base, bits)}/${bits + 1}`];
        expect(inNetwork(ip, `${base}/${bits}`)).toBe(halves.some((half) => inNetwork(ip, half)));
        expect([inNetwork(base, `${base}/${bits}`), inNetwork(base, base), inNetwork(ip, '0.0.0.0/0')]).toEqual([true, true, true]);
      }),
    );
  });

  it('hold addresses of their own family alone', () => {
    fc.assert(
      fc.property(
        address,
        fc.ipV6().filter((ip) => !ip.includes('.')),
        (four, six) => {
          expect([inNetwork(six, '::/0'), inNetwork(six, `${six}/128`), inNetwork(four, '::/0'), inNetwork(six, '0.0.0.0/0')]).toEqual([
            true,
            true,
            false,
            false,
          ]);
        },
      ),
    );
  });
});

/** The address with the bit after the first `bits` turned over. */
function flipped(ip: string, bits: number): string {
  return ip
    .split('.')
    .map((part, index) => (Math.floor(bits / 8) === index ? Number(part) ^ (128 >> (bits % 8)) : Number(part)))
    .join('.');
}
