import { type Environment, replicationListenerName } from '../environment';
import {
  isStrimzi,
  isStrimziReserved,
  strimziConvergenceListener,
  strimziJvmOptions,
  strimziKafkaReleases,
  strimziListenerName,
  strimziRelease,
  strimziVolumes,
} from '../strimzi';
import type { Finding, Rule } from './rule';
import { joinedList, repeated } from './words';

/** A check of environments that the Strimzi operator runs. */
export const withStrimzi =
  (check: (environment: Environment) => Finding[]) =>
  (environment: Environment): Finding[] =>
    isStrimzi(environment) ? check(environment) : [];

/** Ports of the operator's own listeners, metrics, JMX and agent. */
const takenPorts = [8443, 9404, 9999];

function checkListeners({ listeners }: Environment): Finding[] {
  const own = listeners.map((listener, index) => ({ listener, index })).filter(({ listener }) => listener.name !== replicationListenerName);
  const twins = repeated(own, ({ listener }) => strimziListenerName(listener)).map(({ item }) => item.index);
  return own.flatMap(({ listener, index }) => {
    const name = strimziListenerName(listener);
    const at = (key: string) => ['listeners', index, key];
    return [
      ...(name.length > 11
        ? [{ path: at('name'), message: `listener name "${name}" has ${name.length} characters, above Strimzi's 11; shorten it` }]
        : []),
      ...(twins.includes(index)
        ? [{ path: at('name'), message: `listener name "${name}" is that of another listener to Strimzi; rename one` }]
        : []),
      ...(listener.port < 9092 || takenPorts.includes(listener.port)
        ? [
            {
              path: at('port'),
              message: `port ${listener.port} is Strimzi's own; choose 9092 or above, but not ${joinedList([9404, 9999])}`,
            },
          ]
        : []),
      ...(listener.security === 'scram' && listener.mechanisms.includes('SCRAM-SHA-256')
        ? [{ path: at('mechanisms'), message: 'SCRAM-SHA-256 is unknown to Strimzi; write mechanisms: [SCRAM-SHA-512]' }]
        : []),
    ];
  });
}

function checkSettings({ kafka: { config }, pools }: Environment): Finding[] {
  const ofPools = pools.flatMap((pool, index) =>
    Object.keys(pool.config).map((key) => ({
      path: ['nodePools', index, 'config', key],
      message: `setting ${key} of one pool: Strimzi gives all pools the same settings; move it to kafka.config`,
    })),
  );
  const made = Object.keys(config)
    .filter(isStrimziReserved)
    .map((key) => ({ path: ['kafka', 'config', key], message: `setting ${key} is made by Strimzi itself; remove it` }));
  return [...made, ...ofPools];
}

function checkVolumes({ pools }: Environment): Finding[] {
  return pools.flatMap(({ name, disks }, index) =>
    repeated(strimziVolumes(disks), ({ id }) => id).map(({ item: { id, disk } }) => ({
      path: ['nodePools', index, 'disks', disks.indexOf(disk), 'name'],
      message: `disk "${disk.name}" of the pool "${name}" has the number ${id}, as another has; Strimzi knows volumes by the number their name ends with`,
    })),
  );
}

/** Whether the convergence or the backup is a client of the cluster. */
function needsListener({ convergence, topics, backup }: Environment): boolean {
  return backup?.metadata !== undefined || (convergence.topics === 'kafkon' && topics.length > 0);
}

/** What runs, whatever it holds. */
export const strimziRules: readonly Rule[] = [
  {
    code: 'strimzi/zookeeper',
    severity: 'error',
    reason: 'Strimzi runs KRaft alone since 0.46; its last release with ZooKeeper has no support.',
    platform: 'kubernetes',
    check: withStrimzi(({ metadata }) =>
      metadata.mode === 'zookeeper'
        ? [{ path: ['metadata', 'mode'], message: 'mode zookeeper: Strimzi dropped it with 0.46; write kraft, or flavor: plain' }]
        : [],
    ),
  },
  {
    code: 'strimzi/kafka-version',
    severity: 'error',
    reason: 'An operator brings images of the Kafka releases it knows, and refuses all others.',
    platform: 'kubernetes',
    reads: ['kafka.version', 'kafka.distribution'],
    check: withStrimzi(({ kafka: { version } }) =>
      version.distribution === 'apache' && strimziKafkaReleases.includes(version.release)
        ? []
        : [
            {
              path: ['kafka', 'version'],
              message: `${version.distribution} Kafka ${version.release} is none that Strimzi ${strimziRelease} runs: ${joinedList(strimziKafkaReleases)} of Apache's`,
            },
          ],
    ),
  },
  {
    code: 'strimzi/listener',
    severity: 'error',
    reason: 'Strimzi names and secures listeners in fewer ways than Kafka.',
    platform: 'kubernetes',
    check: withStrimzi(checkListeners),
  },
  {
    code: 'strimzi/setting',
    severity: 'error',
    reason: 'Strimzi makes listeners, security, log directories and quorum settings itself and ignores what is said of them.',
    platform: 'kubernetes',
    check: withStrimzi(checkSettings),
  },
  {
    code: 'strimzi/volume-number',
    severity: 'error',
    reason: 'Strimzi knows the volumes of a broker by number, and a number that changes is a volume lost.',
    platform: 'kubernetes',
    reads: ['nodePools.*.disks.**'],
    check: withStrimzi(checkVolumes),
  },
  {
    code: 'strimzi/jvm-option',
    severity: 'error',
    reason: 'Strimzi takes -XX options and system properties, and nothing else.',
    platform: 'kubernetes',
    check: withStrimzi(({ kafka: { jvmOptions } }) =>
      strimziJvmOptions(jvmOptions).other.map((option) => ({
        path: ['kafka', 'jvmOptions', jvmOptions.indexOf(option)],
        message: `JVM option ${option} cannot be given to Strimzi; use -XX:… and -D… alone`,
      })),
    ),
  },
  {
    code: 'strimzi/companion-certificate',
    severity: 'error',
    reason: 'Strimzi opens trust stores and key stores with different passwords, and companions know one.',
    platform: 'kubernetes',
    check: withStrimzi(({ listeners, companions }) => {
      const index = listeners.findIndex(({ scope }) => scope === 'internal');
      const names = Object.keys(companions).filter((name) => !['redis', 'prometheus', 'grafana'].includes(name));
      return listeners[index]?.security === 'mtls' && names.length > 0
        ? [
            {
              path: ['listeners', index, 'security'],
              message: `the first internal listener asks companions (${joinedList(names)}) for certificates; put one with scram or tls before it`,
            },
          ]
        : [];
    }),
  },
  {
    code: 'strimzi/convergence-listener',
    severity: 'error',
    reason: 'The convergence logs in with a certificate, and Strimzi keeps the listener among brokers to itself.',
    platform: 'kubernetes',
    check: withStrimzi((environment) =>
      !needsListener(environment) || strimziConvergenceListener(environment) !== undefined
        ? []
        : [
            {
              path: ['listeners'],
              message:
                'there is no internal listener with mtls for the convergence and the backup; add one, or write convergence.topics: operator and no backup',
            },
          ],
    ),
  },
  {
    code: 'strimzi/no-operator',
    severity: 'error',
    reason: 'A topic has one owner, and it must be there.',
    check: (environment) =>
      environment.convergence.topics === 'operator' && !isStrimzi(environment)
        ? [
            {
              path: ['convergence', 'topics'],
              message: 'topics belong to an operator, and there is none; write kafkon, or platform.kubernetes.flavor: strimzi',
            },
          ]
        : [],
  },
  {
    code: 'strimzi/ingress',
    severity: 'error',
    reason: 'An Ingress passes TLS on by the name the client asks for, and only Strimzi makes one.',
    platform: 'kubernetes',
    check: (environment) =>
      Object.entries(environment.platform.kubernetes.listeners).flatMap(([name, { ingressClass, bootstrapHost, brokerHost }]) => {
        if (ingressClass === undefined) return [];
        const listener = environment.listeners.find((candidate) => candidate.name === name);
        const path = ['platform', 'kubernetes', 'listeners', name, 'ingressClass'];
        if (!isStrimzi(environment))
          return [{ path, message: 'only Strimzi makes an Ingress; remove ingressClass, or write flavor: strimzi' }];
        if (listener?.security === 'plaintext')
          return [{ path, message: `listener "${name}" is plaintext, and an Ingress needs TLS: secure it` }];
        return bootstrapHost === undefined || brokerHost === undefined
          ? [{ path, message: `an Ingress finds brokers by name: give "${name}" bootstrapHost and brokerHost` }]
          : [];
      }),
  },
];
