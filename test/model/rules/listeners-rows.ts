import type { Row } from './row';

export const listenersRows: readonly Row[] = [
  {
    code: 'listener/duplicate-name',
    change: { 'listeners/1/name': 'INTERNAL' },
    path: ['listeners', 1, 'name'],
    message: 'listener name "INTERNAL" is taken by an earlier listener; choose another',
  },
  {
    code: 'listener/reserved-name',
    change: { 'listeners/1/name': 'CONTROLLER' },
    path: ['listeners', 1, 'name'],
    message: 'listener name "CONTROLLER" is that of the controllers; choose another',
  },
  {
    code: 'listener/duplicate-port',
    change: { 'listeners/1/port': 9092 },
    path: ['listeners', 1, 'port'],
    message: 'port 9092 of the listener "ADMIN" is that of "INTERNAL" too; choose another',
  },
  {
    code: 'listener/duplicate-port',
    change: { 'listeners/1/port': 9091 },
    path: ['listeners'],
    message: 'port 9091 of the listener "REPLICATION" is that of "ADMIN" too; choose another',
  },
  {
    code: 'listener/port-clash',
    change: { 'listeners/1/port': 7071 },
    path: ['listeners', 1, 'port'],
    message: 'port 7071 of the listener "ADMIN" is that of monitoring.metricsPort too; choose another',
  },
  {
    code: 'listener/port-clash',
    change: {
      'listeners/1/port': 9093,
      nodePools: [0, 1, 2].map((id) => ({
        name: `combined-${id}`,
        roles: ['broker', 'controller'],
        ids: [id],
        memory: '16Gi',
        disks: [{ name: 'data', size: '1T' }],
      })),
    },
    path: ['listeners', 1, 'port'],
    message: 'port 9093 of the listener "ADMIN" is that of metadata.port too; choose another',
  },
  {
    code: 'monitoring/port-clash',
    change: { 'monitoring/readinessPort': 9093 },
    path: ['monitoring', 'readinessPort'],
    message: 'port 9093 is that of metadata.port too; choose another',
  },
  {
    code: 'monitoring/port-clash',
    change: { 'monitoring/jmxPort': 7071 },
    path: ['monitoring', 'jmxPort'],
    message: 'port 7071 is that of monitoring.metricsPort too; choose another',
    also: ['security/open-jmx'],
  },
  {
    code: 'listener/inter-broker-unknown',
    change: { interBrokerListener: 'INTRENAL' },
    path: ['interBrokerListener'],
    message: 'no listener is named "INTRENAL"; the nearest known is "INTERNAL"',
  },
  {
    code: 'listener/inter-broker-external',
    change: { interBrokerListener: 'EXTERNAL' },
    path: ['interBrokerListener'],
    message: 'listener "EXTERNAL" is external, and brokers need an internal one; name an internal listener or leave it out',
  },
  {
    code: 'listener/inter-broker-anonymous',
    change: { 'listeners/3': { name: 'BROKERS', port: 9096, security: 'tls' }, interBrokerListener: 'BROKERS' },
    path: ['listeners', 3, 'security'],
    message:
      'brokers talk through "BROKERS" (tls) without proving who they are, which authorization: acl refuses; use mtls or scram there, or name another listener in interBrokerListener',
  },
  {
    code: 'listener/none-for-companions',
    change: {
      'listeners/0/scope': 'external',
      'listeners/1/scope': 'external',
      'platform/kubernetes/listeners/INTERNAL': { brokerHost: 'a-{id}.example.com' },
      'platform/kubernetes/listeners/ADMIN': { brokerHost: 'b-{id}.example.com' },
      'platform/docker/listeners/INTERNAL': { basePort: 19100 },
      'platform/docker/listeners/ADMIN': { basePort: 19200 },
    },
    path: ['listeners'],
    message: 'no declared listener is internal, and the programs beside the cluster need one; add one with scope internal',
  },
  {
    code: 'listener/unreachable-kubernetes',
    change: { 'platform/kubernetes/listeners/EXTERNAL': {} },
    path: ['platform', 'kubernetes', 'listeners', 'EXTERNAL'],
    message:
      'clients outside of Kubernetes cannot reach the external listener "EXTERNAL": brokerHost is missing; add one, such as kafka-{id}.example.com',
  },
  {
    code: 'listener/unreachable-kubernetes',
    change: { 'platform/kubernetes/listeners/EXTERNAL': { brokerHost: 'kafka.example.com' } },
    path: ['platform', 'kubernetes', 'listeners', 'EXTERNAL'],
    message:
      'clients outside of Kubernetes cannot reach the external listener "EXTERNAL": brokerHost "kafka.example.com" is the same for 3 brokers; put {id} into it',
  },
  {
    code: 'listener/unreachable-kubernetes',
    severity: 'warning',
    change: { 'platform/kubernetes/listeners/EXTERNAL': { service: 'NodePort', brokerHost: 'kafka.example.com' }, kind: 'testing' },
    path: ['platform', 'kubernetes', 'listeners', 'EXTERNAL'],
    message:
      'clients outside of Kubernetes cannot reach the external listener "EXTERNAL": nodePortBase is missing; add one from 30000 to 32767',
  },
  {
    code: 'listener/node-port-clash',
    change: {
      'platform/kubernetes/listeners/EXTERNAL': {
        service: 'NodePort',
        brokerHost: 'kafka.example.com',
        nodePortBase: 31000,
        bootstrapNodePort: 31002,
      },
    },
    path: ['platform', 'kubernetes', 'listeners', 'EXTERNAL', 'bootstrapNodePort'],
    message: 'node port 31002 of the bootstrap service of "EXTERNAL" is that of broker 2 of "EXTERNAL" too; choose another',
  },
  {
    code: 'listener/node-port-clash',
    change: { 'platform/kubernetes/listeners/EXTERNAL': { service: 'NodePort', brokerHost: 'kafka.example.com', nodePortBase: 32766 } },
    path: ['platform', 'kubernetes', 'listeners', 'EXTERNAL', 'nodePortBase'],
    message: 'node port 32768 of broker 2 of "EXTERNAL" is above 32767; lower nodePortBase',
  },
  {
    code: 'listener/unknown-on-platform',
    change: { 'platform/docker/listeners/EXTRENAL': {} },
    path: ['platform', 'docker', 'listeners', 'EXTRENAL'],
    message: 'no listener is named "EXTRENAL"; the nearest known is "EXTERNAL"',
  },
];
