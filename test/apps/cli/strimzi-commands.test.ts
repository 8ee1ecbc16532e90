import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../architecture/sources';
import { memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { rehearse } from './rehearsal';

const names = ['kraft/production', 'kraft/strimzi'];
const files = Object.fromEntries(
  names.map((name) => [`environments/${name}.yaml`, readFileSync(join(root, `environments/${name}.yaml`), 'utf8')]),
);
const onKubernetes = ['--platform', 'kubernetes'] as const;

describe('an environment that the Strimzi operator runs', () => {
  it.each([['up'], ['down'], ['start'], ['stop'], ['restart'], ['status'], ['logs'], ['brokers', 'roll']])(
    'is nothing for %s, and nothing is changed',
    async (command, ...more) => {
      const twin = memoryKubernetes();
      const { code, out, err } = await rehearse({ files, kubernetes: twin }, command, 'kraft/strimzi', ...more, ...onKubernetes);
      expect({ code, out, done: twin.done }).toEqual({ code: 2, out: '', done: [] });
      expect(err).toContain('error: kraft/strimzi is run by the Strimzi operator, not by kafkon; write its manifests with');
    },
  );

  it('gets the passwords of its users into their Secrets, and no certificates', async () => {
    const twin = memoryKubernetes();
    twin.kinds.delete('cert-manager.io/v1/Certificate');
    const { code, out } = await rehearse({ files, kubernetes: twin }, 'secrets', 'kraft/strimzi', 'init', ...onKubernetes, '-o', 'json');
    const { made, secrets } = JSON.parse(out) as { made: string[]; secrets: { put: string[] } };
    expect({ code, put: secrets.put }).toEqual({
      code: 0,
      put: ['kafka-secrets/kafka-ui-password', 'kafka-secrets/lag-exporter-password', 'kafka-secrets/partner-password'],
    });
    expect(made.filter((path) => path.startsWith('certificates/'))).toEqual([]);
  });
});
