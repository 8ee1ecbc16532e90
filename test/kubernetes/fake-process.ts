import type { Process } from '../../lib/runtime/process';

/** A Kafka process as the runtime would make it, with every field in use. */
export function fakeProcess(id: number, changes: Partial<Process> = {}): Process {
  return {
    name: `kafka-${id}`,
    component: 'kafka',
    id,
    image: { repository: 'apache/kafka', tag: '3.9.2', pullPolicy: 'IfNotPresent' },
    user: 1000,
    command: ['sh', '-c', 'exec start $(cat /tmp/x) $$'],
    env: { KAFKA_HEAP_OPTS: '-Xmx1g' },
    secretEnv: {},
    files: [
      { path: '/etc/kafkon/server.properties', content: `node.id=${id}\n`, perNode: true },
      { path: '/etc/kafkon/exporter.yaml', content: 'rules: []\n' },
    ],
    secretFiles: [
      { path: '/etc/kafkon-secrets/keystore-password', source: { kind: 'secret', secret: 'keystore-password' } },
      { path: '/etc/kafkon-secrets/keystore.p12', source: { kind: 'certificate', owner: 'broker', item: 'keystore.p12' } },
    ],
    ports: [
      { name: 'internal', port: 9092 },
      { name: 'metrics', port: 7071 },
    ],
    volumes: [{ name: 'data', path: '/var/lib/kafka/data', size: 500e9 }],
    scratch: ['/var/log/kafka'],
    needsAgents: true,
    replicas: 1,
    memory: 4 * 2 ** 30,
    cpu: { request: 500, limit: 2000 },
    startup: { check: { kind: 'http', port: 7072, path: '/live' }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 180 },
    readiness: { check: { kind: 'http', port: 7072, path: '/ready' }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    liveness: { check: { kind: 'tcp', port: 9092 }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    stopGraceSeconds: 180,
    ...changes,
  };
}
