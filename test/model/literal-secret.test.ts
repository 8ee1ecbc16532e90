import { describe, expect, it } from '@jest/globals';
import { isLiteralSecret } from '../../lib/model';

describe('a secret in clear', () => {
  it.each([
    ['db.password', 'hunter2'],
    ['connection.url', 'jdbc:postgresql://db/orders?user=app&password=hunter2'],
    ['connection.url', 'jdbc:sqlserver://db;databaseName=orders;Password=hunter2;'],
    ['connection.uri', 'mongodb://app:hunter2@db:27017'],
    ['connection.uri', 'mongodb+srv://app:hunter2@db/?retryWrites=true'],
    ['headers', 'accept=json,access_token=hunter2'],
  ])('is known in %s by name or by what an address carries: %s', (key, value) => {
    expect(isLiteralSecret(key, value, undefined)).toBe(true);
  });

  it.each([
    ['connection.url', 'jdbc:postgresql://db:5432/orders?user=app'],
    ['connection.url', `jdbc:postgresql://db/orders?password=\${directory:/secrets:db}`],
    ['connection.uri', 'mongodb://app@db:27017'],
    ['db.password', `\${file:/secrets/db:password}`],
    ['db.password', ''],
    ['topics', 'orders,payments'],
    ['transforms.mask.fields', 'password'],
    ['query', "select * from t where at > '2026-11-21T10:00:00'"],
  ])('is not %s with %s', (key, value) => {
    expect(isLiteralSecret(key, value, undefined)).toBe(false);
  });

  it('of Kafka itself is what the catalogue calls one', () => {
    expect(isLiteralSecret('ssl.key.password', 'hunter2', 'password')).toBe(true);
    expect(isLiteralSecret('broker.rack', 'a?password=hunter2', 'string')).toBe(false);
  });
});
