import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { literal } from '../../lib/docker/literal';
import { evaluated } from '../support/docker/terraform';

describe('literal', () => {
  it('comes out of Terraform as it went in', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('${', '%{', '$', '%', '{', '}', '\n'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(evaluated(literal(text))).toBe(text);
      }),
    );
  });

  it('doubles what would begin an expression', () => {
    expect(literal('password=$' + '{directory:/secrets:a} %{if}')).toBe('password=$$' + '{directory:/secrets:a} %%{if}');
  });

  it('leaves the rest alone', () => {
    expect(literal('$(date) $HOME $$ 100% {}')).toBe('$(date) $HOME $$ 100% {}');
  });
});
