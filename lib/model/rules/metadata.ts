import { controllersOf, type Environment } from '../environment';
import { supportsDynamicQuorum, supportsKraft, supportsZookeeper } from '../kafka-version';
import type { KraftMetadata } from '../metadata';
import { isStrimzi } from '../strimzi';
import { withKraft, withZookeeper } from './metadata-mode';
import type { Finding, Rule } from './rule';
import { joinedList, repeated } from './words';

function checkDirectoryIds(kraft: KraftMetadata, environment: Environment): Finding[] {
  if (kraft.quorum === 'static') return [];
  return controllersOf(environment)
    .filter(({ id }) => kraft.directoryIds[String(id)] === undefined)
    .map(({ id }) => ({
      path: ['metadata', 'directoryIds'],
      message: `controller ${id} of a dynamic quorum has no directory id; add one under "${id}", as 'kafkon init' makes them`,
    }));
}

function checkStrayDirectoryIds(kraft: KraftMetadata, environment: Environment): Finding[] {
  const controllers = new Set(controllersOf(environment).map(({ id }) => String(id)));
  return Object.keys(kraft.directoryIds)
    .filter((id) => kraft.quorum === 'static' || !controllers.has(id))
    .map((id) => ({
      path: ['metadata', 'directoryIds', id],
      message:
        kraft.quorum === 'static'
          ? `directory id of node ${id} has no effect with a static quorum; remove it or write quorum: dynamic`
          : `directory id of node ${id}, which is no controller; the controllers are ${joinedList([...controllers])}`,
    }));
}

export const metadataRules: readonly Rule[] = [
  {
    code: 'metadata/zookeeper-removed',
    severity: 'error',
    reason: 'ZooKeeper mode ended with Kafka 3.9.',
    reads: ['kafka.version'],
    check: withZookeeper((_, { kafka: { version } }) =>
      supportsZookeeper(version)
        ? []
        : [{ path: ['metadata', 'mode'], message: `Kafka ${version.line} has no ZooKeeper mode; write kraft, or use Kafka 3.9 or older` }],
    ),
  },
  {
    code: 'metadata/kraft-too-old',
    severity: 'error',
    reason: 'KRaft is ready for production since Kafka 3.3.',
    reads: ['kafka.version'],
    check: withKraft((_, { kafka: { version } }) =>
      supportsKraft(version)
        ? []
        : [
            {
              path: ['metadata', 'mode'],
              message: `Kafka ${version.line} is too old for kraft, which is ready since 3.3; write zookeeper or raise the version`,
            },
          ],
    ),
  },
  {
    code: 'metadata/dynamic-quorum-too-old',
    severity: 'error',
    reason: 'Controllers can join and leave a quorum since Kafka 3.9.',
    reads: ['kafka.version'],
    check: withKraft((kraft, { kafka: { version } }) =>
      kraft.quorum === 'static' || supportsDynamicQuorum(version)
        ? []
        : [
            {
              path: ['metadata', 'quorum'],
              message: `Kafka ${version.line} has no dynamic quorum, which came with 3.9; write static or raise the version`,
            },
          ],
    ),
  },
  {
    code: 'metadata/cluster-id-missing',
    severity: 'error',
    reason: 'The disks of a KRaft cluster are formatted with its id, which must be the same on every node and at every start.',
    reads: ['clusterId'],
    // Strimzi makes the id itself; as with ZooKeeper it is pinned after the first start.
    check: withKraft((_, environment) =>
      environment.clusterId === undefined && !isStrimzi(environment)
        ? [{ path: ['clusterId'], message: "clusterId is missing and KRaft needs one; add one, as 'kafkon init' makes them" }]
        : [],
    ),
  },
  {
    code: 'metadata/directory-id-missing',
    severity: 'error',
    reason: 'The first controllers of a dynamic quorum know each other by their directory ids.',
    reads: ['nodePools.*.ids.**', 'nodePools.*.roles.**'],
    check: withKraft(checkDirectoryIds),
  },
  {
    code: 'metadata/directory-id-unused',
    severity: 'warning',
    reason: 'A directory id that no controller uses is a slip of the pen.',
    reads: ['nodePools.*.ids.**', 'nodePools.*.roles.**'],
    check: withKraft(checkStrayDirectoryIds),
  },
  {
    code: 'metadata/directory-id-shared',
    severity: 'error',
    reason: 'Two controllers with one directory id take each other for themselves.',
    check: withKraft((kraft) =>
      repeated(Object.entries(kraft.directoryIds), ([, uuid]) => uuid).map(({ item: [id] }) => ({
        path: ['metadata', 'directoryIds', id],
        message: `directory id of node ${id} is that of another controller; give each its own`,
      })),
    ),
  },
  {
    code: 'metadata/duplicate-server-id',
    severity: 'error',
    reason: 'A ZooKeeper server is known by its id.',
    check: withZookeeper(({ ensemble }) =>
      repeated(ensemble.ids, (id) => id).map(({ item, index }) => ({
        path: ['metadata', 'ensemble', 'ids', index],
        message: `ZooKeeper id ${item} stands in the list twice; give every server an id of its own`,
      })),
    ),
  },
  {
    code: 'metadata/unknown-server-zone',
    severity: 'error',
    reason: 'A zone belongs to a server of the ensemble.',
    check: withZookeeper(({ ensemble }) =>
      Object.keys(ensemble.zones)
        .filter((id) => !ensemble.ids.includes(Number(id)))
        .map((id) => ({
          path: ['metadata', 'ensemble', 'zones', id],
          message: `zone of ZooKeeper server ${id}, which does not exist; the ids are ${joinedList(ensemble.ids)}`,
        })),
    ),
  },
  {
    code: 'metadata/port-clash',
    severity: 'error',
    reason: 'A process can open a port once.',
    check: withZookeeper(({ ensemble }, { monitoring }) => {
      const others = Object.entries({ metricsPort: monitoring.metricsPort, readinessPort: monitoring.readinessPort });
      const ports = [...others, ...Object.entries(ensemble.ports)];
      return repeated(ports, ([, port]) => port).flatMap(({ item: [name, port] }) =>
        name in ensemble.ports
          ? [
              {
                path: ['metadata', 'ensemble', 'ports', name],
                message: `ZooKeeper port ${port} (${name}) is that of ${ports.find(([, taken]) => taken === port)?.[0]} too; choose another`,
              },
            ]
          : [],
      );
    }),
  },
];
