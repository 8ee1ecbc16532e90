import { describe, expect, it } from '@jest/globals';
import { Workload, type WorkloadProps } from '../../lib/kubernetes/workload';
import { fakeProcess } from './fake-process';
import { at, chart, environmentOf, items, type Manifest, named, ofKind, production, synth } from './manifests';

const environment = environmentOf(production);

function workload(props: Partial<WorkloadProps> = {}): readonly Manifest[] {
  const target = chart();
  new Workload(target, 'Brokers', {
    environment,
    name: 'kafka',
    processes: [fakeProcess(0), fakeProcess(1), fakeProcess(2)],
    serviceAccountName: 'kafka',
    pool: 'brokers',
    roles: ['broker'],
    ...props,
  });
  return synth(target);
}

const statefulSet = (props?: Partial<WorkloadProps>) => named(workload(props), 'StatefulSet', 'kafka').spec;
const pod = (props?: Partial<WorkloadProps>) => at(statefulSet(props), 'template', 'spec');
const container = () => at(pod(), 'containers', 0);

describe('a StatefulSet of nodes', () => {
  it('starts pods in any order and replaces them only when they are deleted', () => {
    expect(statefulSet()).toMatchObject({ podManagementPolicy: 'Parallel', updateStrategy: { type: 'OnDelete' }, replicas: 3 });
  });

  it('keeps claims when it is deleted or scaled', () => {
    expect(at(statefulSet(), 'persistentVolumeClaimRetentionPolicy')).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  it('numbers pods by the ids of the nodes', () => {
    expect(at(statefulSet({ processes: [fakeProcess(101), fakeProcess(100)] }), 'ordinals')).toEqual({ start: 100 });
  });

  it('labels claims with nothing that may change', () => {
    const claim = at(statefulSet(), 'volumeClaimTemplates', 0);
    expect(at(claim, 'metadata')).toEqual({
      name: 'data',
      labels: { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/instance': 'Orders', 'kafkon.dev/pool': 'brokers' },
    });
    expect(at(claim, 'spec')).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '500G' } } });
  });

  it('selects the labels its pods have', () => {
    const spec = statefulSet();
    expect(at(spec, 'template', 'metadata', 'labels')).toMatchObject({ ...(at(spec, 'selector', 'matchLabels') as object) });
  });
});

describe('a pod template', () => {
  it('gives each pod its own files by its name', () => {
    const mounts = items(container(), 'volumeMounts');
    expect(mounts).toContainEqual({
      name: 'config',
      mountPath: '/etc/kafkon/server.properties',
      readOnly: true,
      subPathExpr: '$(POD_NAME).server.properties',
    });
    expect(named(workload(), 'ConfigMap', 'kafka-config').data).toMatchObject({
      'kafka-0.server.properties': 'node.id=0\n',
      'kafka-2.server.properties': 'node.id=2\n',
      'exporter.yaml': 'rules: []\n',
    });
  });

  it('mounts secrets as one directory of references', () => {
    expect(at(pod(), 'volumes')).toContainEqual({
      name: expect.stringMatching(/^secrets-/),
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'kafka-broker-cert', items: [{ key: 'keystore.p12', path: 'keystore.p12' }] } },
          { secret: { name: 'kafka-secrets', items: [{ key: 'keystore-password', path: 'keystore-password' }] } },
        ],
      },
    });
  });

  it('passes the restricted pod security standard in every container', () => {
    const spec = pod();
    expect(at(spec, 'securityContext')).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const container of [...items(spec, 'containers'), ...items(spec, 'initContainers')]) {
      expect(at(container, 'securityContext')).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('has no token, no service links and the grace of its process', () => {
    expect(pod()).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, terminationGracePeriodSeconds: 180 });
  });

  it('asks for the memory it is limited to', () => {
    expect(at(container(), 'resources')).toEqual({
      requests: { cpu: '500m', memory: '4Gi', 'ephemeral-storage': '512Mi' },
      limits: { cpu: '2', memory: '4Gi', 'ephemeral-storage': '8Gi' },
    });
  });

  it('has three probes, and no shell in any', () => {
    expect(at(container(), 'startupProbe')).toEqual({
      httpGet: { port: 7072, path: '/live' },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 180,
    });
    expect(at(container(), 'readinessProbe', 'httpGet')).toEqual({ port: 7072, path: '/ready' });
    expect(at(container(), 'livenessProbe', 'tcpSocket')).toEqual({ port: 9092 });
  });

  it('can write to its scratch directories and /tmp', () => {
    const mounts = items(container(), 'volumeMounts');
    const writable = mounts.filter((mount) => at(mount, 'readOnly') === undefined).map((mount) => String(at(mount, 'mountPath')));
    expect(writable.sort()).toEqual(['/tmp', '/var/lib/kafka/data', '/var/log/kafka']);
  });

  it('hands the shell its dollars as they were written', () => {
    expect(at(container(), 'command', 2)).toBe('exec start $$(cat /tmp/x) $$$');
  });

  it('gets the agents from the tools image', () => {
    const init = at(pod(), 'initContainers', 0);
    expect(at(init, 'image')).toBe('kafkon/tools:0.1.0');
    expect(at(init, 'volumeMounts')).toEqual([{ name: 'agents', mountPath: '/opt/kafkon/agents' }]);
  });

  it('keeps two brokers of production off one machine, whatever their pools', () => {
    expect(at(pod(), 'affinity', 'podAntiAffinity')).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: {
            matchLabels: { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/instance': 'Orders', 'kafkon.dev/broker': 'true' },
          },
        },
      ],
    });
  });

  it('stays in the zone of its pool', () => {
    const spec = pod({ zones: ['eu-1a'] });
    expect(at(spec, 'affinity', 'nodeAffinity')).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['eu-1a'] }] }],
      },
    });
    expect(at(spec, 'topologySpreadConstraints')).toBeUndefined();
  });
});

describe('the content hash', () => {
  const hash = (changes: Parameters<typeof fakeProcess>[1], ids = [0, 1, 2]) => {
    const [first, ...rest] = ids.map((id) => fakeProcess(id, changes));
    if (first === undefined) throw new Error('no ids');
    return at(statefulSet({ processes: [first, ...rest] }), 'template', 'metadata', 'annotations', 'kafkon.dev/content-hash');
  };

  it('changes with a file, the image and the command', () => {
    const hashes = [
      hash({}),
      hash({ files: [{ path: '/etc/kafkon/server.properties', content: 'a=b' }] }),
      hash({ image: { repository: 'apache/kafka', tag: '3.9.1', pullPolicy: 'IfNotPresent' } }),
      hash({ command: ['other'] }),
    ];
    expect(new Set(hashes).size).toBe(4);
  });

  it('stays when a broker joins the pool', () => {
    expect(hash({}, [0, 1, 2, 3])).toBe(hash({}));
  });
});

describe('a workload without volumes and ids', () => {
  const { id: _, ...plain } = fakeProcess(0, { component: 'kafka-ui', volumes: [], needsAgents: false, replicas: 2 });
  const manifests = workload({ name: 'kafka-ui', processes: [plain] });

  it('is a Deployment', () => {
    expect(ofKind(manifests, 'StatefulSet')).toEqual([]);
    expect(named(manifests, 'Deployment', 'kafka-ui').spec).toMatchObject({ replicas: 2, revisionHistoryLimit: 3 });
  });

  it('spreads its pods where it can', () => {
    const affinity = at(named(manifests, 'Deployment', 'kafka-ui'), 'spec', 'template', 'spec', 'affinity', 'podAntiAffinity');
    expect(Object.keys(affinity as object)).toEqual(['preferredDuringSchedulingIgnoredDuringExecution']);
  });
});
