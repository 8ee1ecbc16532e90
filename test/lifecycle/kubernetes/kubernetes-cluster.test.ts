import { describe } from '@jest/globals';
import { clusterContract } from '../../support/kubernetes/cluster-contract';
import { memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';

describe('a Kubernetes cluster in memory', () => {
  clusterContract(async () => {
    const twin = memoryKubernetes();
    twin.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'contract' } });
    return { cluster: twin.cluster, namespace: 'contract', image: 'image', applyAs: twin.applyAs };
  });
});
