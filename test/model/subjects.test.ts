import { describe, expect, it } from '@jest/globals';
import { parseEnvironment, referenceSubject, secretsOf, subjectsOf } from '../../lib/model';
import { environmentWith } from './good-environment';

function environmentOf(change: Readonly<Record<string, unknown>>) {
  const { environment, problems } = parseEnvironment(environmentWith(change));
  if (environment === undefined) throw new Error(JSON.stringify(problems));
  return environment;
}

describe('the subjects of schemas', () => {
  it('are those of the topics that name them, and their own name where others refer to them', () => {
    const environment = environmentOf({
      'topics/customers/schema': { valueSchema: 'money', keySchema: 'id', compatibility: 'FULL' },
      'schemas/id': { type: 'JSON', compatibility: 'NONE' },
      'schemas/alone': {},
    });
    expect(subjectsOf(environment)).toEqual([
      { subject: 'alone', schema: 'alone' },
      { subject: 'customers-key', schema: 'id', compatibility: 'FULL' },
      { subject: 'customers-value', schema: 'money', compatibility: 'FULL' },
      { subject: 'money', schema: 'money' },
      { subject: 'orders-value', schema: 'order' },
    ]);
    expect(referenceSubject('money', environment.schemas.money)).toBe('money');
  });

  it('are those that the schema names itself', () => {
    const environment = environmentOf({ 'schemas/order/subjects': ['shop.Order', 'orders-value'], 'schemas/order/compatibility': 'FULL' });
    expect(subjectsOf(environment).filter(({ schema }) => schema === 'order')).toEqual([
      { subject: 'orders-value', schema: 'order', compatibility: 'FULL' },
      { subject: 'shop.Order', schema: 'order', compatibility: 'FULL' },
    ]);
    expect(referenceSubject('order', environment.schemas.order)).toBe('shop.Order');
  });
});

describe('the secrets of connectors and logins', () => {
  it('are among those that the environment needs', () => {
    const environment = environmentOf({
      'connectors/jdbc': { class: 'io.example.JdbcSource', secrets: { 'connection.password': 'database-password' } },
      'convergence/schemaRegistry': { login: { user: 'kafkon', secret: 'registry-password' } },
    });
    const names = secretsOf(environment).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['database-password', 'registry-password']));
  });
});
