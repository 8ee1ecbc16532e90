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
    const files = { [file]: orders, 'environments/other.yaml': orders.replace('name: orders', 'name: other').replace('BwcH', 'CwcH') };
    expect((await rehearse({ files }, 'validate', 'orders')).out).toContain('orders/development is valid');
    expect((await rehearse({ files }, 'validate', file, 'other')).out).toContain('2 environments are valid');
    const wrong = await rehearse({ files }, 'validate', 'orders/developmnet');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('did you mean "orders/development"?');
  });

  it('tells once what a base says wrong', async () => {
    const base = broken.replace('kind: developement', 'abstract: true\nkind: development');
    const over = (name: string) => `extends: ./base.yaml\nname: ${name}\nclusterId: ${name.repeat(11)}AA\n`;
    const files = { 'environments/base.yaml': base, 'environments/aa.yaml': over('aa'), 'environments/bb.yaml': over('bb') };
    const { err } = await rehearse({ files }, 'validate');
    expect(err.match(/base\.yaml:\d+:\d+: error: nodePools\[0\]\.memory: /g)).toHaveLength(1);
  });

  it('leaves abstract files out unless they are named', async () => {
    const files = { [file]: orders, 'environments/base.yaml': 'abstract: true\nkind: production\n' };
    expect((await rehearse({ files }, 'validate')).out).toBe('orders/development is valid\n');
  });
});

describe('waivers and the day', () => {
  const unsafe = orders.replace('roles: [broker, controller]\n    ids: [0]', 'roles: [broker, controller]\n    ids: [0]\n    heap: 900Mi');
  const waived = `${unsafe}waivers: [{ rule: memory/heap-share, reason: the machine is a laptop, until: '2026-11-30' }]\n`;
  const run = (command: string, day: string) =>
    rehearse({ files: { [file]: waived }, now: new Date(`${day}T12:00:00Z`) }, command, 'orders');

  it('holds a rule off until the last day of its waiver', async () => {
    expect((await rehearse({ files: { [file]: unsafe } }, 'validate')).code).toBe(1);
    expect((await run('validate', '2026-11-30')).code).toBe(0);
  });

  it('refuses an expired waiver, which synth only warns of', async () => {
    const late = await run('validate', '2026-12-01');
    expect(late.code).toBe(1);
    expect(late.err).toContain('waiver of "memory/heap-share" ended on 2026-11-30');
  });
});

describe('environments on one Docker host', () => {
  const published = (name: string, port: number) =>
    `${orders
      .replace('name: orders', `name: ${name}`)
      .replace(/^clusterId:.*\n/m, '')
      .replace('mode: kraft', 'mode: zookeeper\n  ensemble: { ids: [1], memory: 512Mi, disks: [{ name: data, size: 1Gi }] }')
      .replace('roles: [broker, controller]', 'roles: [broker]')
      .replace(
        'security: plaintext }',
        `security: plaintext }\n  - { name: HOST, port: ${port}, security: plaintext, scope: external }`,
      )}platform: { docker: { host: laptop, containers: { kafka: '${name}-{id}', zookeeper: '${name}-zk-{id}' } } }\n`;

  it('may not take the same port, even when only one of them is asked about', async () => {
    const files = { 'environments/a.yaml': published('a', 19092), 'environments/b.yaml': published('b', 19092) };
    for (const asked of ['a', 'b']) {
      const { code, err } = await rehearse({ files }, 'validate', asked);
      expect(code).toBe(1);
      expect(err).toMatch(new RegExp(`environments/${asked}\\.yaml:\\d+:\\d+: error: .*port 19092.*fleet/port-collision`));
    }
  });

  it('get along with ports of their own', async () => {
    const files = { 'environments/a.yaml': published('a', 19092), 'environments/b.yaml': published('b', 19192) };
    expect((await rehearse({ files }, 'validate')).out).toBe('2 environments are valid\n');
  });
});
