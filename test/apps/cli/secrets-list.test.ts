import { describe, expect, it } from '@jest/globals';
import { nodeFileSystem } from '../../../lib/environment';
import { root } from '../../architecture/sources';
import { orders, rehearse, rehearseOn } from './rehearsal';

describe('kafkon secrets list', () => {
  it('names every secret, what it is for, and where Kubernetes reads it', async () => {
    const { code, out } = await rehearseOn(nodeFileSystem(root), 'secrets', 'llm-analytics/production', 'list');
    expect(code).toBe(0);
    expect(out).toMatch(/^admin-password +Secret kafka-secrets, key admin-password: the password of the account admin$/m);
    expect(out).toMatch(/^keystore-password +Secret kafka-secrets, key ssl-keystore-password: /m);
  });

  it('is data for scripts, with the file that Docker reads', async () => {
    const { out } = await rehearseOn(nodeFileSystem(root), 'secrets', 'llm-analytics/production', 'list', '-o', 'json');
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({
        secret: 'user-password',
        kubernetes: { name: 'kafka-secrets', key: 'user-password' },
        docker: 'secrets/user-password',
      }),
    );
  });

  it('says of what the Strimzi operator makes by itself that only Docker reads it', async () => {
    const files = nodeFileSystem(root);
    const { out } = await rehearseOn(files, 'secrets', 'kraft/strimzi', 'list');
    expect(out).toMatch(/^keystore-password +on Docker alone: the password of the key stores/m);
    expect(out).toMatch(/^partner-password +Secret kafka-secrets, key partner-password: /m);
    const rows = JSON.parse((await rehearseOn(files, 'secrets', 'kraft/strimzi', 'list', '-o', 'json')).out) as { secret: string }[];
    const store = rows.find(({ secret }) => secret === 'keystore-password');
    expect(store).toEqual(expect.not.objectContaining({ kubernetes: expect.anything() }));
    expect(store).toMatchObject({ docker: 'secrets/keystore-password' });
  });

  it('says so when none is needed', async () => {
    const files = { 'environments/orders.yaml': orders };
    expect((await rehearse({ files }, 'secrets', 'orders', 'list')).out).toBe('orders needs no secrets\n');
  });

  it('reports what is wrong with an environment instead', async () => {
    const { code, err } = await rehearse(
      { files: { 'environments/orders.yaml': orders.replace('name: orders', 'name: no_name') } },
      'secrets',
      'orders',
      'list',
    );
    expect(code).toBe(1);
    expect(err).toContain('error: name: ');
  });
});
