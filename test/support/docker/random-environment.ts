import fc from 'fast-check';
import type { Environment } from '../../../lib/model';
import { environmentOf } from '../runtime/environment';

const security = fc.constantFrom('plaintext', 'tls', 'mtls', 'scram');
type Disks = Parameters<typeof environmentOf>[0]['nodePools'][number]['disks'];
const disks = fc.constantFrom<Disks[]>(
  [{ name: 'data', size: '1Gi' }],
  [
    { name: 'data-0', size: '1Gi' },
    { name: 'data-1', size: '1Gi' },
  ],
  [
    { name: 'data', size: '1Gi' },
    { name: 'log', size: '1Gi', purpose: 'logs' as const },
  ],
);
const ids = (least: number) => fc.uniqueArray(fc.integer({ min: least, max: 90 }), { minLength: 1, maxLength: 4 });
const directoryId = 'HafAmJxcZikRvmfCF3lwzg';

const shape = fc.record({
  metadata: fc.oneof(
    fc.record({
      mode: fc.constant('zookeeper' as const),
      ids: ids(1),
      disks,
      security: fc.constantFrom('plaintext', 'mtls'),
      chroot: fc.option(fc.constant('/kafka'), { nil: undefined }),
    }),
    fc.record({
      mode: fc.constant('kraft' as const),
      quorum: fc.constantFrom('static', 'dynamic'),
      security: fc.constantFrom('plaintext', 'mtls'),
      combined: fc.boolean(),
    }),
  ),
  brokers: ids(0),
  disks,
  zone: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  internal: security,
  external: security,
  monitored: fc.boolean(),
  offset: fc.integer({ min: 0, max: 1000 }),
  basePort: fc.option(fc.integer({ min: 10_000, max: 30_000 }), { nil: undefined }),
  jmxBasePort: fc.option(fc.constant(31_000), { nil: undefined }),
  namespace: fc.constantFrom('kafka', 'team-a'),
  config: fc.dictionary(fc.constantFrom('num.io.threads', 'log.retention.hours', 'num.partitions'), fc.integer({ min: 1, max: 99 })),
});

/** Environments of every sort, for laws about what becomes of them; the rules have not looked at them. */
export const randomEnvironment: fc.Arbitrary<Environment> = shape.map((random) => {
  const { metadata } = random;
  const pool = { memory: '1Gi', heap: '512Mi', disks: random.disks };
  const controllers = random.brokers.map((id) => id + 100);
  const combined = metadata.mode === 'kraft' && metadata.combined;
  const quorum = combined ? random.brokers : controllers;
  return environmentOf({
    name: 'Random',
    kafka: { version: '3.9.2', config: random.config },
    metadata:
      metadata.mode === 'zookeeper'
        ? {
            mode: 'zookeeper',
            security: metadata.security as 'plaintext' | 'mtls',
            chroot: metadata.chroot,
            ensemble: { ids: metadata.ids, memory: '512Mi', disks: metadata.disks },
          }
        : {
            mode: 'kraft',
            quorum: metadata.quorum as 'static' | 'dynamic',
            security: metadata.security as 'plaintext' | 'mtls',
            directoryIds: metadata.quorum === 'dynamic' ? Object.fromEntries(quorum.map((id) => [String(id), directoryId])) : {},
          },
    nodePools: [
      { name: 'brokers', ids: random.brokers, zone: random.zone, roles: combined ? ['broker', 'controller'] : ['broker'], ...pool },
      ...(metadata.mode === 'kraft' && !combined
        ? [{ name: 'controllers', ids: controllers, roles: ['controller' as const], ...pool }]
        : []),
    ],
    listeners: [
      { name: 'INTERNAL', port: 9092, security: random.internal },
      { name: 'EXTERNAL', port: 9094, security: random.external, scope: 'external' },
    ] as Parameters<typeof environmentOf>[0]['listeners'],
    authorization: 'acl',
    monitoring: { enabled: random.monitored },
    platform: {
      kubernetes: { namespace: random.namespace, listeners: { EXTERNAL: { brokerHost: 'kafka-{id}.example.com' } } },
      docker: {
        portOffset: random.offset,
        listeners: { EXTERNAL: random.basePort === undefined ? {} : { basePort: random.basePort } },
        ...(random.jmxBasePort === undefined ? {} : { jmxBasePort: random.jmxBasePort }),
      },
    },
  });
});
