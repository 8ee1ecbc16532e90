import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environmentLoader, nodeFileSystem } from '../../lib/environment';
import { catalogueFor, catalogueLine, checkConfig } from '../../lib/model/catalogue';
import { effectiveConfig, kafkaProcesses, processesOf } from '../../lib/runtime';
import { testAddressing } from '../support/runtime/addressing';

const loader = environmentLoader(nodeFileSystem(join(__dirname, '../..')));
const loaded = loader
  .discover()
  .environments.filter((file) => !file.abstract)
  .map(({ id }) => loader.load(id));

describe('the committed environments', () => {
  it('are at least a dozen', () => {
    expect(loaded.length).toBeGreaterThanOrEqual(12);
  });

  it.each(loaded)('become processes that their Kafka understands: $id', ({ environment, problems }) => {
    if (environment === undefined) throw new Error(JSON.stringify(problems));
    const processes = processesOf(environment, testAddressing);
    expect(new Set(processes.map(({ name }) => name)).size).toBe(processes.length);
    const line = catalogueLine(environment.kafka.version.line);
    if (line === undefined) throw new Error(`no catalogue for ${environment.kafka.version.line}`);
    for (const settings of Object.values(effectiveConfig(kafkaProcesses(environment, testAddressing)))) {
      expect(checkConfig(catalogueFor(line), 'broker', settings)).toEqual([]);
    }
    const scripts = new Set(
      processes.flatMap(({ files }) => files.filter(({ path }) => path.endsWith('.sh')).map(({ content }) => content)),
    );
    for (const script of scripts) execFileSync('sh', ['-n'], { input: script, stdio: 'pipe' });
  });
});
