import { describe, expect, it } from '@jest/globals';
import { orders, rehearse } from './rehearsal';

const files = { 'environments/orders/development.yaml': orders };

describe('kafkon', () => {
  it('prints help with every command', async () => {
    const { code, out } = await rehearse({ files }, '--help');
    expect(code).toBe(0);
    for (const command of ['validate', 'synth', 'show', 'init', 'completion']) expect(out).toContain(`  ${command} `);
  });

  it.each(['validate', 'synth', 'show', 'init'])('shows examples in the help of %s', async (command) => {
    const { code, out } = await rehearse({ files }, command, '--help');
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
  });

  it.each([[['frobnicate']], [['validate', '--frobnicate']], [['show']], [['validate', '-o', 'xml']]])(
    'refuses %j as wrong usage',
    async (words) => {
      const { code, err } = await rehearse({ files }, ...words);
      expect(code).toBe(2);
      expect(err).toMatch(/^error: /);
    },
  );

  it('names the help of the very command that was wrongly used', async () => {
    expect((await rehearse({ files }, 'backup', 'restore')).err).toBe(
      "error: required option '--metadata <file>' not specified\n(kafkon backup restore --help says more)\n",
    );
    expect((await rehearse({ files }, 'up')).err).toContain('(kafkon up --help says more)');
  });

  it.each(['localhost', 'localhost:abc', '', 'one:9092,,two:9092'])('takes %j for no addresses of brokers', async (addresses) => {
    const { code, err } = await rehearse({ files }, 'plan', 'orders/development', '--bootstrap-server', addresses);
    expect([code, err]).toEqual([2, expect.stringContaining('is invalid. write host:port, separated by commas')]);
  });

  it.each(['http://registry:99999', 'http://[::1', 'registry:8081'])('takes %j for no address of a service', async (url) => {
    const words = ['plan', 'orders/development', '--bootstrap-server', 'a:9092,[::1]:9092', '--schema-registry', url];
    const { code, err } = await rehearse({ files }, ...words);
    expect([code, err]).toEqual([2, expect.stringContaining('an address of a service is http://host:port or https://host:port')]);
  });

  it('says how to begin where there is no environment', async () => {
    const { code, err } = await rehearse({ files: {} }, 'validate');
    expect(code).toBe(1);
    expect(err).toContain('kafkon init');
  });
});
