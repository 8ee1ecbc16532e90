import { describe, expect, it } from '@jest/globals';
import { loadFrom } from './support';

const files = {
  base: 'kind: staging\ndefaults:\n  config:\n    retention.ms: 1\ntopics:\n  jobs:\n    partitions: 3\n    environment_overrides:\n      staging: {partitions: 6}\nsecurity:\n  strictMode: true\n',
  e: 'extends: base.yaml\ntopics:\n  jobs:\n    description: x\nenvironment_overrides:\n  staging:\n    security: {auditLogging: true}\n',
};
const provenance = loadFrom(files, 'e').provenance;

describe('the source of a value', () => {
  it.each([
    ['defaults', ['topics', 'jobs', 'config', 'retention.ms'], 'base.yaml:4 (defaults)'],
    ['an override of a topic', ['topics', 'jobs', 'partitions'], 'base.yaml:9 (environment_overrides)'],
    ['a topic', ['topics', 'jobs', 'description'], 'e.yaml:4 (topic)'],
    ['a section', ['security', 'strictMode'], 'base.yaml:11 (file)'],
    ['an override of a section', ['security', 'auditLogging'], 'e.yaml:7 (environment_overrides)'],
  ])('is %s', (_, path, expected) => {
    const source = provenance?.sourceOf(path);
    expect(`${source?.position?.file.replace('environments/', '')}:${source?.position?.line} (${source?.layer})`).toBe(expected);
  });

  it('is the schema default for what no file says', () => {
    expect(provenance?.sourceOf(['topics', 'jobs', 'replicationFactor'])).toEqual({ layer: 'schema default' });
    expect(provenance?.sourceOf(['kafka', 'version'])).toEqual({ layer: 'schema default' });
  });

  it('is the schema default again for what null removed', () => {
    const removed = loadFrom({ base: 'security: {strictMode: true}\n', e: 'extends: base.yaml\nsecurity: {strictMode: null}\n' }, 'e');
    expect(removed.provenance?.sourceOf(['security', 'strictMode'])).toEqual({ layer: 'schema default' });
    expect(removed.provenance?.leaves()).toEqual([{ path: ['security'], value: {}, source: expect.objectContaining({ layer: 'file' }) }]);
  });

  it('is the scalar for what the schema makes of it', () => {
    expect(provenance?.sourceOf(['kind', 'derived']).position?.line).toBe(1);
  });
});
