import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keepLatest, nodeBackupStore, OperateError } from '../../lib/operate';
import { temporaryFolders } from '../support/temporary-folder';

const temporaryFolder = temporaryFolders();

describe('backups on a disk', () => {
  it('are there once they are whole, for their owner alone', async () => {
    const folder = temporaryFolder('backups');
    const store = nodeBackupStore(folder);
    const seen: string[][] = [];
    await store.write('kept/a.json', async (sink) => {
      for (let piece = 0; piece < 40; piece++) await sink.write('x'.repeat(20_000));
      seen.push(readdirSync(join(folder, 'kept')).filter((name) => name === 'a.json'));
    });
    expect(seen).toEqual([[]]);
    expect(readdirSync(join(folder, 'kept'))).toEqual(['a.json']);
    expect(readFileSync(join(folder, 'kept/a.json'), 'utf8')).toBe('x'.repeat(800_000));
    expect(statSync(join(folder, 'kept/a.json')).mode & 0o777).toBe(0o600);
  });

  it('leave what was there when they fail in the middle, and nothing half', async () => {
    const folder = temporaryFolder('backups');
    const store = nodeBackupStore(folder);
    writeFileSync(join(folder, 'a.json'), 'before');
    const failing = store.write('a.json', async (sink) => {
      await sink.write('half');
      throw new Error('the cluster went away');
    });
    await expect(failing).rejects.toThrow('the cluster went away');
    expect(readdirSync(folder)).toEqual(['a.json']);
    expect(await store.read('a.json')).toBe('before');
  });

  it('say where they can not be written', async () => {
    const folder = temporaryFolder('backups');
    writeFileSync(join(folder, 'file'), '');
    const failing = nodeBackupStore(folder).write('file/a.json', async () => undefined);
    await expect(failing).rejects.toBeInstanceOf(OperateError);
    await expect(failing).rejects.toThrow('file/a.json: ');
  });

  it('say what can not be read, and what is not there is no mistake', async () => {
    const store = nodeBackupStore(temporaryFolder('backups'));
    const tooLong = 'a'.repeat(300);
    await expect(store.read(tooLong)).rejects.toBeInstanceOf(OperateError);
    await expect(store.list(tooLong)).rejects.toThrow(`${tooLong}: ENAMETOOLONG`);
    expect(await store.read('nowhere/a.json')).toBeUndefined();
  });

  it('go by age within one environment, and others stay', async () => {
    const folder = temporaryFolder('backups');
    const store = nodeBackupStore(folder);
    const names = ['orders-2026-11-20T02-30-00Z.json', 'orders-2026-11-21T02-30-00Z.json', 'orders-2026-11-22T02-30-00Z.json'];
    for (const name of [...names, 'orders-2-2026-11-20T02-30-00Z.json', 'orders.json', 'orders-2026-11-19T02-30-00Z.json.part'])
      writeFileSync(join(folder, name), '{}');
    mkdirSync(join(folder, 'orders-2026-11-01T02-30-00Z.json'));
    expect(await keepLatest(store, '.', 'orders', 2)).toEqual([names[0]]);
    expect(readdirSync(folder).sort()).toEqual([
      'orders-2-2026-11-20T02-30-00Z.json',
      'orders-2026-11-01T02-30-00Z.json',
      'orders-2026-11-19T02-30-00Z.json.part',
      names[1],
      names[2],
      'orders.json',
    ]);
    expect(await store.read('nowhere.json')).toBeUndefined();
    expect(await store.list('nowhere')).toBeUndefined();
  });
});
