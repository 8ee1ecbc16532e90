import { describe, expect, it } from '@jest/globals';
import { manifests, namespaces } from './manifests';
import { podTemplates } from './pod-templates';

const pod = '{ metadata: { labels: { app: kafka } }, spec: { containers: [{ name: kafka, image: "apache/kafka:4.3.1" }] } }';

const stream = `
apiVersion: v1
kind: Service
metadata: { name: kafka, namespace: orders }
spec: { clusterIP: None }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: kafka, namespace: orders }
spec:
  template: ${pod}
  volumeClaimTemplates: [{ metadata: { name: data } }]
---
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: Backup }
spec: { jobTemplate: { spec: { template: ${pod} } } }
`;

describe('podTemplates', () => {
  it('has the pod of each workload, CronJobs included, and of nothing else', () => {
    const found = manifests(podTemplates(stream)).map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }));
    expect(found).toEqual([
      { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'statefulset-kafka', namespace: 'orders' } },
      { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'cronjob-backup' } },
    ]);
  });

  it('gives a StatefulSet its claims as volumes', () => {
    const [broker] = manifests(podTemplates(stream));
    expect(broker).toMatchObject({
      template: { spec: { containers: [{ name: 'kafka' }], volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] } },
    });
  });
});

describe('namespaces', () => {
  it('are those declared and those lived in', () => {
    const declared = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: billing }\n';
    expect(namespaces(manifests(stream + declared))).toEqual(['billing', 'orders']);
  });
});
