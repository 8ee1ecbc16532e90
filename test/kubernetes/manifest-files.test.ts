import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { manifestFileName, manifestFiles } from '../../lib/kubernetes/manifest-files';

const object = (kind: string, name: string, labels?: Record<string, string>) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(labels === undefined ? {} : { labels }) },
});

describe('manifestFiles', () => {
  it('puts what is needed before what needs it', () => {
    const kinds = [
      'Job',
      'PodMonitor',
      'PodDisruptionBudget',
      'Deployment',
      'StatefulSet',
      'NetworkPolicy',
      'Service',
      'Certificate',
      'Issuer',
      'ConfigMap',
      'ServiceAccount',
      'Namespace',
    ];
    const files = [...manifestFiles(kinds.map((kind) => object(kind, 'a'))).keys()];
    expect(files.slice(0, -1)).toEqual([...kinds].reverse().map((kind) => expect.stringContaining(`-${kind.toLowerCase()}-a.yaml`)));
  });

  it('starts ZooKeeper before Kafka', () => {
    const zookeeper = object('StatefulSet', 'zookeeper', { 'app.kubernetes.io/component': 'zookeeper' });
    expect(manifestFileName(zookeeper) < manifestFileName(object('StatefulSet', 'a-kafka'))).toBe(true);
  });

  it('keeps dashboards behind the rules, and other ConfigMaps before the workloads', () => {
    expect(manifestFileName(object('ConfigMap', 'topics', { grafana_dashboard: '1' }))).toBe('0920-configmap-topics.yaml');
    expect(manifestFileName(object('ConfigMap', 'kafka'))).toBe('0300-configmap-kafka.yaml');
  });

  it('lists the files in the kustomization, in order', () => {
    const files = manifestFiles([object('Service', 'b'), object('Namespace', 'n'), object('Service', 'a')]);
    expect(parse(files.get('kustomization.yaml') ?? '')).toMatchObject({
      resources: ['0100-namespace-n.yaml', '0500-service-a.yaml', '0500-service-b.yaml'],
    });
  });

  it('renames no file when an object is added', () => {
    const before = [object('Service', 'b'), object('Job', 'j')];
    const after = manifestFiles([object('ConfigMap', 'a'), object('Service', 'a'), ...before]);
    for (const name of manifestFiles(before).keys()) expect([...after.keys()]).toContain(name);
  });

  it('fails when an object is there twice', () => {
    expect(() => manifestFiles([object('Service', 'a'), object('Service', 'a')])).toThrow('two objects are called 0500-service-a.yaml');
  });
});
