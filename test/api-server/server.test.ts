import { expect, it } from '@jest/globals';
import { kubeconform, kubectl, kubeScore, podTemplates, promtoolRules, serverDryRun } from '../support/api-server/server';
import { describeWith } from '../support/parts';

const namespace = `
apiVersion: v1
kind: Namespace
metadata:
  name: kafkon-checks
  labels: { pod-security.kubernetes.io/warn: restricted }
`;

const statefulSet = (container: string): string => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: kafka, namespace: kafkon-checks }
spec:
  serviceName: kafka
  selector: { matchLabels: { app: kafka } }
  template:
    metadata: { labels: { app: kafka } }
    spec:
      containers: [{ name: kafka, image: apache/kafka, volumeMounts: [{ name: data, mountPath: /data }]${container} }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

const service = (extra: string): string => `
apiVersion: v1
kind: Service
metadata: { name: kafka, namespace: kafkon-checks }
spec:
  ports: [{ port: 9092 }]
${extra}`;

const certificate = (duration: string): string => `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: kafka, namespace: kafkon-checks }
spec: { secretName: kafka, duration: ${duration}, issuerRef: { name: ca }, dnsNames: [kafka] }
`;

describeWith(['kubectl', 'kube-apiserver'], 'the API server', () => {
  it('takes good objects, custom ones included, and keeps none of them but the namespace', async () => {
    const answer = await serverDryRun([namespace, service(''), certificate('2160h')].join('---'));
    expect(answer).toMatchObject({ code: 0, warnings: [] });
    const left = await kubectl(['get', 'services,certificates', '-n', 'kafkon-checks', '-o', 'name']);
    expect(left.output).toBe('');
  });

  it('refuses an unknown field', async () => {
    expect(await serverDryRun(service('  nodeports: true'))).toMatchObject({ code: 1, error: expect.stringContaining('nodeports') });
  });

  it('does not look at the pod inside a StatefulSet, but does at its PodTemplate', async () => {
    const broken = statefulSet(', ports: [{ containerPort: 99999 }]');
    expect((await serverDryRun(broken)).code).toBe(0);
    expect(await serverDryRun(podTemplates(broken))).toMatchObject({ code: 1, error: expect.stringContaining('99999') });
  });

  it('takes the PodTemplate of a good StatefulSet', async () => {
    expect(await serverDryRun(podTemplates(statefulSet('')))).toMatchObject({ code: 0 });
  });

  it('passes the warnings of pod security on', async () => {
    const { code, warnings } = await serverDryRun([namespace, statefulSet('')].join('---'));
    expect(code).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('would violate PodSecurity "restricted:latest"')]);
  });
});

describeWith(['kubeconform'], 'kubeconform', () => {
  it('finds no fault with good objects', async () => {
    expect(await kubeconform([namespace, service(''), statefulSet(''), certificate('2160h')].join('---'))).toEqual([]);
  });

  it('finds unknown fields, doubled keys and unknown kinds', async () => {
    expect(await kubeconform(service('  nodeports: true'))).toEqual([expect.stringContaining('nodeports')]);
    expect(await kubeconform(service('  type: ClusterIP\n  type: NodePort'))).toEqual([expect.stringMatching(/key "type" already set/)]);
    expect(await kubeconform(service('').replace('Service', 'Servant'))).toEqual([expect.stringContaining('Servant kafka')]);
  });
});

describeWith(['kube-score'], 'kube-score', () => {
  it('names the object, the check and the reason', async () => {
    const scores = await kubeScore(statefulSet(''));
    const untagged = scores.find(({ check }) => check === 'container-image-tag');
    expect(untagged).toEqual({
      object: 'StatefulSet/kafkon-checks/kafka',
      check: 'container-image-tag',
      severity: 'critical',
      comments: [expect.stringContaining('latest')],
    });
  });
});

describeWith(['promtool'], 'promtool', () => {
  const rule = (expr: string): string => `groups: [{ name: kafka, rules: [{ alert: Down, expr: '${expr}' }] }]`;

  it('takes a good rule and refuses bad PromQL', async () => {
    expect(await promtoolRules(rule('up == 0'))).toMatchObject({ code: 0 });
    expect(await promtoolRules(rule('up ==='))).toMatchObject({ code: 1, error: expect.stringContaining('parse error') });
  });
});
