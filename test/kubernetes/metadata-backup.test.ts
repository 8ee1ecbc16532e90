import { describe, expect, it } from '@jest/globals';
import { KafkaChart, manifestsOf } from '../../lib/kubernetes';
import { edgesOf } from '../../lib/kubernetes/edges';
import { aclsOf, type EnvironmentInput, parseEnvironment } from '../../lib/model';
import { app, at, environmentOf, items, type Manifest, ofKind, production, synth } from './manifests';

const backedUp: EnvironmentInput = { ...production, authorization: 'acl', backup: { metadata: { schedule: '5 3 * * *', keep: 7 } } };

function manifests(input: EnvironmentInput = backedUp): readonly Manifest[] {
  return synth(new KafkaChart(app(), 'orders', { environment: environmentOf(input) }));
}

function only(all: readonly Manifest[], kind: string): Manifest {
  const [first, second] = ofKind(all, kind);
  if (first === undefined || second !== undefined) throw new Error(`there is not one ${kind}`);
  return first;
}

const pod = (all: readonly Manifest[]) => at(only(all, 'CronJob').spec, 'jobTemplate', 'spec', 'template', 'spec');

describe('MetadataBackup', () => {
  it('is not made where nobody asks for it', () => {
    const { backup: _, ...without } = backedUp;
    expect(ofKind(manifests(without), 'CronJob')).toEqual([]);
    expect(aclsOf(environmentOf(without)).filter(({ principal }) => principal.endsWith('-backup'))).toEqual([]);
  });

  it('makes one backup at a time, when it is due, within its time', () => {
    expect(only(manifests(), 'CronJob').spec).toMatchObject({
      schedule: '5 3 * * *',
      timeZone: 'Etc/UTC',
      suspend: false,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      jobTemplate: { spec: { backoffLimit: 3, activeDeadlineSeconds: 900 } },
    });
  });

  it('runs the command of the tools image against every broker, and keeps what it is told to', () => {
    const command = items(at(pod(manifests()), 'containers', 0), 'command');
    expect(command.slice(0, 4)).toEqual(['kafkon', 'backup', 'create', '--metadata']);
    expect(command.slice(-4)).toEqual(['--out', '/backups', '--keep', '7']);
    expect(String(command[command.indexOf('--bootstrap-server') + 1]).split(',')).toHaveLength(3);
    expect(command[command.indexOf('--certificate-dir') + 1]).toBe('/etc/kafkon-secrets/backup');
  });

  it('runs as the restricted standard wants it, on a volume of its own, with an account of its own', () => {
    const all = manifests();
    const spec = pod(all);
    expect(spec).toMatchObject({
      restartPolicy: 'Never',
      serviceAccountName: 'kafka-backup',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 },
    });
    expect(at(spec, 'containers', 0, 'securityContext')).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const [claim] = ofKind(all, 'PersistentVolumeClaim');
    expect(claim?.spec).toMatchObject({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } });
    expect(items(spec, 'volumes')).toContainEqual({ name: 'backups', persistentVolumeClaim: { claimName: claim?.metadata.name } });
    expect(items(at(spec, 'containers', 0), 'volumeMounts')).toContainEqual({ name: 'backups', mountPath: '/backups' });
    const certificates = ofKind(all, 'Certificate').map(({ spec: certificate }) => at(certificate, 'commonName'));
    expect(certificates).toContain('orders-backup');
  });

  it('may see everything, read no record and change nothing', () => {
    const granted = aclsOf(environmentOf(backedUp)).filter(({ principal }) => principal === 'User:orders-backup');
    expect(
      granted.map(({ resourceType, resourceName, operation, permission }) => [resourceType, resourceName, operation, permission]),
    ).toEqual([
      ['CLUSTER', 'kafka-cluster', 'DESCRIBE', 'ALLOW'],
      ['CLUSTER', 'kafka-cluster', 'DESCRIBE_CONFIGS', 'ALLOW'],
      ['GROUP', '*', 'DESCRIBE', 'ALLOW'],
      ['TOPIC', '*', 'DESCRIBE', 'ALLOW'],
      ['TOPIC', '*', 'DESCRIBE_CONFIGS', 'ALLOW'],
    ]);
  });

  it('reaches the brokers through one door, and nobody reaches it', () => {
    const edges = edgesOf(environmentOf(backedUp));
    const isBackup = (place: (typeof edges)[number]['from']) => place.kind === 'role' && place.role === 'backup';
    expect(edges.filter(({ to }) => isBackup(to))).toEqual([]);
    expect(edges.filter(({ from, to }) => isBackup(from) && to.kind !== 'dns').map(({ to, port }) => [to, port])).toEqual([
      [{ kind: 'role', role: 'broker' }, 9091],
    ]);
    expect(ofKind(manifests(), 'NetworkPolicy').map(({ metadata }) => metadata.name)).toContain('kafka-backup');
  });

  it('reads connectors, knows which of their settings are secret, and nothing else of them', () => {
    const connectors: EnvironmentInput['connectors'] = {
      archive: { class: 'FileSink', config: { topics: 'orders' }, secrets: { key: 'archive-key' } },
    };
    const connected = { ...backedUp, companions: { connect: {} }, serviceAccounts: { connect: {} }, connectors };
    const all = manifests(connected);
    const command = items(at(pod(all), 'containers', 0), 'command');
    expect(command[command.indexOf('--connect') + 1]).toBe('http://connect.orders.svc.cluster.local:8083');
    const [config] = ofKind(all, 'ConfigMap').filter(({ metadata }) => metadata.name === 'kafka-backup-config');
    const [desired = '{}'] = Object.values(at(config, 'data') as Record<string, string>).filter((text) => text.startsWith('{'));
    expect(JSON.parse(desired).connectors.archive).toMatchObject({ config: {}, secrets: { key: 'archive-key' } });
    expect(JSON.stringify(items(pod(all), 'volumes'))).not.toContain('archive-key');
    const towards = edgesOf(environmentOf(connected)).filter(({ from }) => from.kind === 'role' && from.role === 'backup');
    expect(towards.map(({ why }) => why)).toContain('the backup reads the connectors');
  });

  it('stays as it is when a topic is added', () => {
    const before = manifestsOf(environmentOf(backedUp));
    const after = manifestsOf(environmentOf({ ...backedUp, topics: { orders: {} } }));
    const changed = [...after].filter(([name, text]) => name.includes('backup') && before.get(name) !== text);
    expect(changed.map(([name]) => name)).toEqual([]);
  });

  it('is refused with a schedule that Kubernetes would not take, by path and with a remedy', () => {
    const { environment, problems } = parseEnvironment({ ...backedUp, backup: { metadata: { schedule: '0 25 * * *' } } });
    expect(environment).toBeUndefined();
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([
      {
        code: 'schema/wrong-value',
        severity: 'error',
        path: ['backup', 'metadata', 'schedule'],
        message: '"0 25 * * *" has 25 for the hour; write a number from 0 to 23',
      },
    ]);
  });
});
