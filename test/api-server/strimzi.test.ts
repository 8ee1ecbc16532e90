import { describe, expect, it } from '@jest/globals';
import { manifestsOf } from '../../lib/kubernetes';
import { checkEnvironment, type Environment, strimziConvergenceListener } from '../../lib/model';
import { concreteIds, environmentOf } from '../environments/environments';
import { kubeconform, podTemplates, serverDryRun } from '../support/api-server/server';
import { describeWith } from '../support/parts';

/** An environment as if its file said `flavor: strimzi`. */
function operated(id: string, topics: 'kafkon' | 'operator'): Environment {
  const environment = environmentOf(id);
  const kubernetes = { ...environment.platform.kubernetes, flavor: 'strimzi' as const };
  return { ...environment, platform: { ...environment.platform, kubernetes }, convergence: { ...environment.convergence, topics } };
}

const kraft = concreteIds().filter((id) => environmentOf(id).metadata.mode === 'kraft');
/** The convergence can own topics where it has a listener to come in by. */
const cases = kraft.flatMap((id) =>
  (['kafkon', 'operator'] as const)
    .filter((topics) => topics === 'operator' || strimziConvergenceListener(environmentOf(id)) !== undefined)
    .map((topics) => [id, topics] as const),
);

function streamOf(environment: Environment): string {
  return [...manifestsOf(environment)]
    .filter(([name]) => name !== 'kustomization.yaml')
    .map(([, text]) => `---\n${text}`)
    .join('');
}

describe('the environments on KRaft', () => {
  it('are at least seven', () => {
    expect(kraft.length).toBeGreaterThanOrEqual(7);
  });

  it.each(cases)('%s has nothing that Strimzi cannot say, topics owned by %s', (id, topics) => {
    const found = checkEnvironment(operated(id, topics), { platforms: ['kubernetes'] });
    expect(found.filter(({ code, severity }) => code.startsWith('strimzi/') && severity === 'error')).toEqual([]);
  });
});

describeWith(['kubeconform'], 'the custom resources of every KRaft environment pass strict schemas', () => {
  it.each(cases)('%s, topics owned by %s', async (id, topics) => {
    expect(await kubeconform(streamOf(operated(id, topics)))).toEqual([]);
  });
});

describeWith(['kubectl', 'kube-apiserver'], "the API server takes every KRaft environment with the operator's definitions", () => {
  // Owners differ in few resources, and the schemas have looked at those.
  it.each(cases.filter(([id, topics]) => topics === 'operator' || id === 'kraft/strimzi'))(
    '%s, topics owned by %s, without a warning',
    async (id, topics) => {
      const stream = streamOf(operated(id, topics));
      expect(await serverDryRun(stream)).toMatchObject({ code: 0, error: '', warnings: [] });
      const pods = podTemplates(stream);
      if (pods !== '') expect(await serverDryRun(pods)).toMatchObject({ code: 0, error: '' });
    },
  );
});
