import { describe, expect, it } from '@jest/globals';
import { secretsText } from '../../../apps/cli/secrets-text';

const nothing = { made: [], renewed: [], kept: [], problems: [] };

describe('what is said of secrets that were made', () => {
  it('names what is new, and what was made anew with the names that it lacked and how others come to see it', () => {
    const renewed = [{ directory: 'certificates/broker', names: ['kafka-4', 'tda_kafka_4'] }];
    expect(secretsText('tda/staging', '/secrets', { ...nothing, made: ['shop-password'], renewed, kept: ['certificates/client'] })).toBe(
      [
        '/secrets: 1 made, 1 made anew, 1 there already',
        '  shop-password',
        '  certificates/broker made anew, now with kafka-4, tda_kafka_4',
        'who runs sees that after a restart: kafkon brokers tda/staging roll --all',
        '',
      ].join('\n'),
    );
  });

  it('is short where all is there, and where none are needed', () => {
    expect(secretsText('a', '/secrets', { ...nothing, kept: ['x', 'y'] })).toBe('/secrets: 0 made, 2 there already\n');
    expect(secretsText('a', '/secrets', nothing)).toBe('a needs no secrets\n');
  });
});
