import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { environmentLoader, memoryFileSystem } from '../../../lib/environment';
import { publishedPorts } from '../../../lib/model';
import { orders, rehearse } from './rehearsal';

const template = `# yaml-language-server: $schema=../environment.schema.json
# A small cluster for one developer.
${orders.replace('security: plaintext }', 'security: plaintext }\n  - { name: HOST, port: 19092, security: plaintext, scope: external }')}`;
const files = { 'environments/templates/development.yaml': template };

describe('kafkon init', () => {
  it('writes an environment that is valid, with a name of its own and a fresh cluster id', async () => {
    const { code, written } = await rehearse({ files }, 'init', 'billing/development', '--template', 'development');
    expect(code).toBe(0);
    const text = written.get('environments/billing/development.yaml') ?? '';
    expect(parse(text)).toMatchObject({ name: 'billing-development', clusterId: Buffer.alloc(16, 7).toString('base64url') });
    expect(text).toContain('# A small cluster for one developer.');
  });

  it('takes ports that no other environment has', async () => {
    const { written } = await rehearse({ files }, 'init', 'billing/development', '--template', 'development');
    const all = memoryFileSystem({ ...files, ...Object.fromEntries(written) });
    const [first, second] = ['templates/development', 'billing/development'].map((id) => environmentLoader(all).load(id).environment);
    if (first === undefined || second === undefined) throw new Error('both are valid');
    const taken = publishedPorts(first).map(({ port }) => port);
    expect(taken.length).toBeGreaterThan(0);
    expect(publishedPorts(second).filter(({ port }) => taken.includes(port))).toEqual([]);
  });

  it('asks for what is not given', async () => {
    const { written } = await rehearse({ files, answers: ['development', 'billing'] }, 'init');
    expect([...written.keys()]).toEqual(['environments/billing.yaml']);
  });

  it('refuses to ask where nobody answers, to write over a file, and to take a wrong id', async () => {
    const cases = [
      ['init'],
      ['init', 'templates/development', '--template', 'development'],
      ['init', 'Bad Id', '--template', 'development'],
    ];
    for (const words of cases) {
      const { code, written } = await rehearse({ files }, ...words);
      expect({ words, code, written: written.size }).toEqual({ words, code: 2, written: 0 });
    }
  });

  it('writes nothing when the result would not be valid', async () => {
    const { code, err, written } = await rehearse({ files }, 'init', 'billing', '--template', 'development', '--name', 'not a name');
    expect({ code, written: written.size }).toEqual({ code: 1, written: 0 });
    expect(err).toContain('error: name: ');
  });

  it('falls back to the template that comes with the package', async () => {
    const { code, written } = await rehearse({ files: {} }, 'init', 'billing', '--template', 'production');
    expect(code).toBe(0);
    expect(written.get('environments/billing.yaml')).toContain('$schema=../node_modules/kafkon/environments/environment.schema.json');
  });
});
