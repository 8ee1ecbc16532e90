import { afterAll, beforeAll } from '@jest/globals';
import { nodeKubernetesCluster } from '../../../lib/lifecycle';
import { version } from '../../../package.json';
import { clusterContract } from '../../support/kubernetes/cluster-contract';
import { Namespace } from '../../support/kubernetes/namespace';
import { describeWith } from '../../support/parts';

describeWith(['kubectl', 'kubernetes-node'], 'a real Kubernetes cluster by kubectl', () => {
  const namespace = new Namespace('e2e-cluster-port');

  beforeAll(async () => {
    await namespace.attempt(['delete', 'namespace', namespace.name, '--ignore-not-found']);
    await namespace.kubectl(['create', 'namespace', namespace.name]);
    await namespace.own();
  });

  afterAll(async () => {
    await namespace.attempt(['delete', 'namespace', namespace.name, '--ignore-not-found', '--wait=false']);
  });

  clusterContract(async () => ({
    cluster: nodeKubernetesCluster(process.env, {}),
    namespace: namespace.name,
    image: `kafkon/tools:${version}`,
    applyAs: async (manager, object) => {
      const words = ['apply', '--server-side', `--field-manager=${manager}`, '--force-conflicts', '-f', '-'];
      await namespace.kubectl(words, JSON.stringify(object));
    },
  }));
});
