import { describe, expect, it } from '@jest/globals';
import { parseEnvironment } from '../../lib/model';
import { loadFrom } from './support';

describe('a schema in a file of its own', () => {
  it('is read beside the file that names it, also where another extends that', () => {
    const files = {
      'shop/base': 'abstract: true\nschemas: {order: {file: schemas/order.avsc}}\n',
      'shop/schemas/order.avsc': '"string"',
      'e/production': 'extends: ../shop/base.yaml\n',
    };
    expect(loadFrom(files, 'e/production').value).toEqual({ schemas: { order: { file: 'schemas/order.avsc', text: '"string"' } } });
  });

  it('is a problem where it is missing, once, at its name', () => {
    const { problems } = loadFrom({ e: 'schemas:\n  order: { file: order.avsc }\n' }, 'e', parseEnvironment);
    const about = problems.filter(({ path }) => path[0] === 'schemas');
    expect(about.map(({ code, message, position }) => ({ code, message, line: position?.line, column: position?.column }))).toEqual([
      {
        code: 'environment/schema-file',
        message:
          'the schema file environments/order.avsc cannot be read: no such file; correct the path, which begins at the file that names it',
        line: 2,
        column: 18,
      },
    ]);
  });

  it('can be given as text instead, not as both', () => {
    const both = { e: 'schemas: {order: {file: order.avsc, text: "3"}}\n', 'order.avsc': '{}' };
    expect(loadFrom(both, 'e').problems.map(({ code }) => code)).toEqual(['environment/schema-twice']);
    const instead = {
      base: 'abstract: true\nschemas: {order: {file: x.avsc}}\n',
      e: 'extends: base.yaml\nschemas: {order: {file: null, text: "3"}}\n',
    };
    expect(loadFrom(instead, 'e')).toMatchObject({ value: { schemas: { order: { text: '3' } } }, problems: [] });
  });
});
