import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { type Process, processesOf } from '../../lib/runtime';
import { shellWord } from '../../lib/runtime/shell';
import { testAddressing } from '../support/runtime/addressing';
import { environmentNamed, environments } from './environments';

const scripts = (process: Process) => process.files.filter(({ path }) => path.endsWith('.sh')).map(({ content }) => content);

function startScript(name: string, process: string): string {
  const found = processesOf(environmentNamed(name), testAddressing).find((each) => each.name === process);
  return found?.files.find(({ path }) => path === '/etc/kafkon/start.sh')?.content ?? '';
}

describe('start scripts', () => {
  it.each(Object.entries(environments))('are valid shell: %s', (_, environment) => {
    const all = new Set(processesOf(environment, testAddressing).flatMap(scripts));
    expect(all.size).toBeGreaterThan(0);
    for (const script of all) expect(() => execFileSync('sh', ['-n'], { input: script, stdio: 'pipe' })).not.toThrow();
  });

  it.each(Object.entries(environments))('become the program in their last line: %s', (_, environment) => {
    for (const process of processesOf(environment, testAddressing)) {
      const script = process.files.find(({ path }) => path === '/etc/kafkon/start.sh')?.content ?? '';
      expect(script.trimEnd().split('\n').at(-1)).toMatch(/^exec \//);
    }
  });

  it.each(Object.entries(environments))('are the same for all nodes of a pool: %s', (_, environment) => {
    for (const pool of environment.pools) {
      const nodes = processesOf(environment, testAddressing).filter(
        ({ component, id }) => component === 'kafka' && pool.ids.includes(id ?? -1),
      );
      const shared = nodes.map(({ id, name, files, ...rest }) =>
        JSON.stringify({ ...rest, files: files.map((file) => (file.perNode === true ? file.path : file)) }),
      );
      expect(new Set(shared).size).toBe(1);
    }
  });

  it('start Kafka at once where nothing is to be prepared', () => {
    expect(startScript('Apache 3.9, ZooKeeper, secured', 'kafka-1')).not.toMatch(/kafka-(storage|configs)/);
  });

  it('format with the cluster id of the environment', () => {
    const script = startScript('Apache 4.3, combined, open', 'kafka-1');
    expect(script).toContain('--cluster-id 4L6g3nShT-eMCtK--X86sw');
    expect(script).toContain('/opt/kafka/bin/kafka-storage.sh "@$arguments"');
    expect(script).not.toContain('controllers');
  });

  it('name the first controllers of a dynamic quorum to those, and to nobody else', () => {
    const script = startScript('Apache 4.3, separate, secured, dynamic', 'kafka-101');
    expect(script).toContain(
      "101|102) printf '%s\\n' --initial-controllers 101@kafka-101.test:9093:directoryOfNode000101A,102@kafka-102.test:9093:directoryOfNode000102A",
    );
    expect(script).toContain("*) printf '%s\\n' --no-initial-controllers");
  });

  it('make the brokers’ own user only where brokers log in with SCRAM', () => {
    expect(startScript('Apache 4.3, separate, SCRAM between brokers', 'kafka-1')).toContain('--add-scram SCRAM-SHA-512 test-broker 4096');
    expect(startScript('Apache 3.9, ZooKeeper, SCRAM between brokers', 'kafka-1')).toContain('--add-config-file "$user"');
    expect(startScript('Apache 4.3, separate, secured, dynamic', 'kafka-1')).not.toContain('scram');
  });

  it('map the classes of an image that brings them, and ask no other image for any', () => {
    expect(startScript('Apache 4.3, combined, open', 'kafka-1')).toContain('-XX:SharedArchiveFile=/opt/kafka/kafka.jsa');
    expect(startScript('Confluent 7.6, ZooKeeper, open', 'kafka-1')).not.toContain('SharedArchiveFile');
  });

  it('refuse to format a cluster without an id', () => {
    const { clusterId: _, ...environment } = environmentNamed('Apache 4.3, combined, open');
    const [first] = processesOf({ ...environment, clusterId: undefined }, testAddressing);
    expect(first?.files.find(({ path }) => path.endsWith('start.sh'))?.content).toContain('the environment has no clusterId');
  });
});

describe('a shell word', () => {
  it.each(['plain', 'a b', "it's", '$(reboot)', '`x`', 'a"b', '', '*'])('is read back unchanged: %j', (word) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' })).toBe(word);
  });
});
