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
