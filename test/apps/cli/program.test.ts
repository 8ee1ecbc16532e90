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

  it('says how to begin where there is no environment', async () => {
    const { code, err } = await rehearse({ files: {} }, 'validate');
    expect(code).toBe(1);
    expect(err).toContain('kafkon init');
  });
});
