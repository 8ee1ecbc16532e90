import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readBackup } from '../../lib/operate';
import { sealOf } from '../../lib/operate/backup-writer';

const head = { formatVersion: 2, tool: 'kafkon 0', createdAt: '2026-11-21T12:00:00.000Z', environment: 'orders', clusterId: 'x' };
const rest = { kafkaVersion: 'apache 4.3.1', authorizer: true, topics: [], brokerConfigs: [], acls: [], users: [], quotas: [], groups: [] };
const services = { schemas: null, connectors: null };

/** A file with the right checksum, whatever is in it. */
function sealed(value: object): string {
  const body = JSON.stringify(value).slice(0, -1).replace('{"formatVersion":', '{\n"formatVersion": ');
  return body + sealOf(createHash('sha256').update(body).digest('hex'));
}

describe('reading a backup', () => {
  it('takes one that is whole', () => {
    const { backup, problems } = readBackup(sealed({ ...head, ...rest, ...services }));
    expect(problems).toEqual([]);
    expect(backup).toEqual({ ...head, ...rest, ...services });
  });

  it('takes one of the first format, which knew no connectors, no addresses and no placement', () => {
    const old = {
      ...head,
      formatVersion: 1,
      ...rest,
      topics: [{ name: 'a', partitions: 2, replicationFactor: 1, config: { 'retention.ms': '5' } }],
      quotas: [{ user: 'alice', limits: { producer_byte_rate: 5 } }],
      schemas: null,
    };
    const { backup, problems } = readBackup(sealed(old));
    expect(problems).toEqual([]);
    expect(backup).toEqual({ ...old, connectors: null });
  });

  it('wants connectors, or that there are none, of the second one', () => {
    const { problems } = readBackup(sealed({ ...head, ...rest, schemas: null }));
    expect(problems.map(({ code, path }) => [code, path])).toEqual([['backup/schema', ['connectors']]]);
  });

  it('finds everything that is wrong at once, each with its place', () => {
    const wrong = {
      ...head,
      ...rest,
      createdAt: 'yesterday',
      topics: [
        { name: 'a', partitions: 0, replicationFactor: 1, config: {} },
        { name: 'b', partitions: 1, replicationFactor: 1, config: { 'retention.ms': 5 }, protected: true },
      ],
      groups: [{ group: 'g', offsets: { 'a-0': 'many', nowhere: '5' } }],
      schemas: null,
      connectors: [{ name: 'archive', type: 'sink', state: 'failed', config: {}, secrets: {} }],
    };
    const { backup, problems } = readBackup(sealed(wrong));
    expect(backup).toBeUndefined();
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['backup/schema', ['createdAt']],
      ['backup/schema', ['topics', 0, 'partitions']],
      ['backup/schema', ['topics', 1, 'config', 'retention.ms']],
      ['backup/schema', ['topics', 1]],
      ['backup/schema', ['groups', 0, 'offsets', 'a-0']],
      ['backup/schema', ['groups', 0, 'offsets', 'nowhere']],
      ['backup/schema', ['connectors', 0, 'state']],
    ]);
  });

  it('refuses a later format for its number alone, whatever else it is', () => {
    expect(readBackup('{\n"formatVersion": 12,\nnot even JSON').problems.map(({ code, message }) => [code, message])).toEqual([
      ['backup/newer-format', 'format 12 was written by a later kafkon, and this one reads up to 2; use that one'],
    ]);
  });

  it('refuses what is no backup', () => {
    for (const text of ['', '[]', 'topics:', '{"topics": []}', '{"formatVersion": "1"}'])
      expect(readBackup(text).problems.map(({ code }) => code)).toEqual(['backup/not-a-backup']);
  });
});
