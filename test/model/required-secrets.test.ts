import { describe, expect, it } from '@jest/globals';
import { accountSecret, type Environment, parseEnvironment, secretsOf } from '../../lib/model';
import { type Change, environmentWith } from './good-environment';

function environment(change: Change = {}): Environment {
  const { environment: result, problems } = parseEnvironment(environmentWith(change), { platforms: ['kubernetes'] });
  if (result === undefined) throw new Error(JSON.stringify(problems));
  return result;
}

const plain: Change = {
  authorization: 'none',
  security: {},
  listeners: [{ name: 'INTERNAL', port: 9092, security: 'plaintext' }],
  'metadata/security': 'plaintext',
  'serviceAccounts/report': {},
  'platform/kubernetes/listeners': {},
  'platform/docker/listeners': {},
};

const names = (change: Change = {}): readonly string[] => secretsOf(environment(change)).map(({ name }) => name);

describe('secretsOf', () => {
  it('names the passwords of accounts, stores, companions and what is declared', () => {
    expect(names({ 'secrets/licence': {} })).toEqual([
      'billing-password',
      'grafana-admin-password',
      'kafka-ui-password',
      'keystore-password',
      'licence',
      'report-password',
      'shop-password',
    ]);
  });

  it('needs no store password where nothing speaks TLS', () => {
    expect(names(plain)).toEqual(['billing-password', 'grafana-admin-password', 'kafka-ui-password', 'report-password', 'shop-password']);
  });

  it("asks for the brokers' own password when they log in to each other with one", () => {
    expect(names({ interBrokerListener: 'INTERNAL' })).toContain('broker-password');
  });

  it('asks for the password of a remote cluster', () => {
    const remote = { alias: 'backup', bootstrapServers: ['backup.example.com:9094'], security: 'scram', user: 'copy', secret: 'copy' };
    expect(names({ 'companions/mirrorMaker': { remote }, 'serviceAccounts/mirror-maker': {} })).toContain('copy');
  });

  it('makes a legal name of any account', () => {
    const legal = environment({ 'serviceAccounts/tda_Backend.api@x': {}, 'serviceAccounts/shop/secret': 'shop-scram' });
    expect(accountSecret(legal, 'tda_Backend.api@x')).toBe('tda-backend-api-x-password');
    expect(accountSecret(legal, 'shop')).toBe('shop-scram');
  });

  it('describes each', () => {
    expect(secretsOf(environment()).filter(({ description }) => description === '')).toEqual([]);
  });
});
