import { describe, expect, it } from '@jest/globals';
import { catalogueLine } from '../../../lib/model/catalogue';

describe('catalogueLine', () => {
  it.each([
    ['3.5.0', '3.5'],
    ['3.6.2', '3.6'],
    ['3.7.1', '3.9'],
    ['3.8.0', '3.9'],
    ['3.9.2', '3.9'],
    ['4.0.0', '4.3'],
    ['4.1', '4.3'],
    ['4.3.1', '4.3'],
    ['4.10.0', '4.3'],
  ])('judges Kafka %s by the catalogue of %s', (version, line) => {
    expect(catalogueLine(version)).toBe(line);
  });

  it.each(['3.4.1', '2.8.0', '5.0.0', 'latest', '', '3', '3.9.2-rc1'])('has none for %j', (version) => {
    expect(catalogueLine(version)).toBeUndefined();
  });
});
