import { describe, expect, it } from '@jest/globals';
import { orders, rehearse } from './rehearsal';

const file = 'environments/orders/development.yaml';
const broken = orders
  .replace('partitions: 12', 'partitions: 0')
  .replace('memory: 1Gi', 'memory: much')
  .replace('kind: development', 'kind: developement');

describe('kafkon validate', () => {
  it('is content with a good environment', async () => {
    const { code, out } = await rehearse({ files: { [file]: orders } }, 'validate');
    expect({ code, out }).toEqual({ code: 0, out: 'orders/development is valid\n' });
  });

  it('reports every problem with its place, and exits with 1', async () => {
    const { code, out, err } = await rehearse({ files: { [file]: broken } }, 'validate');
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/development\.yaml:2:\d+: error: kind: /);
    expect(err).toMatch(/development\.yaml:12:\d+: error: nodePools\[0\]\.memory: /);
    expect(err).toMatch(/development\.yaml:\d+:\d+: error: topics\["order\.events"\]\.partitions: /);
    expect(err).toContain('3 errors');
  });

  it('prints problems as data for scripts', async () => {
    const { code, out } = await rehearse({ files: { [file]: broken } }, 'validate', '-o', 'json');
    expect(code).toBe(1);
    const printed = JSON.parse(out) as { errors: number; problems: { file: string; line: number }[] };
    expect(printed.errors).toBe(3);
    expect(printed.problems.every((problem) => problem.file === file && problem.line > 0)).toBe(true);
  });

  it('takes ids, files and folders, and names the nearest id for a wrong one', async () => {
    const files = { [file]: orders, 'environments/other.yaml': orders.replace('name: orders', 'name: other') };
    expect((await rehearse({ files }, 'validate', 'orders')).out).toContain('orders/development is valid');
    expect((await rehearse({ files }, 'validate', file, 'other')).out).toContain('2 environments are valid');
    const wrong = await rehearse({ files }, 'validate', 'orders/developmnet');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('did you mean "orders/development"?');
  });

  it('leaves abstract files out unless they are named', async () => {
    const files = { [file]: orders, 'environments/base.yaml': 'abstract: true\nkind: production\n' };
    expect((await rehearse({ files }, 'validate')).out).toBe('orders/development is valid\n');
  });
});
