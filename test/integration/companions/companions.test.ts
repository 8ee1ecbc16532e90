import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { dockerAddressing } from '../../../lib/docker';
import { companionProcesses, type Process } from '../../../lib/runtime';
import { concreteIds, environmentOf } from '../../environments/environments';
import { mirrorMakerJars } from '../../support/kafka/jars';
import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';

const run = promisify(execFile);

/** The declared companions of one kind, by environment. */
const companions = (component: Process['component']) =>
  concreteIds().flatMap((id): [string, Process][] => {
    const environment = environmentOf(id);
    const process = companionProcesses(environment, dockerAddressing(environment)).find((candidate) => candidate.component === component);
    return process === undefined ? [] : [[id, process]];
  });

/** Lays the files of a process below a folder; paths inside them follow. Secrets are files with a word in them. */
function laid(folder: string, process: Process): void {
  for (const { path, content } of process.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content.replaceAll('/etc/kafkon', `${folder}/etc/kafkon`));
  }
  for (const { path } of process.secretFiles) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), 'word');
  }
}

describeWith(['promtool'], 'the configuration of Prometheus', () => {
  const folder = temporaryFolders();

  it.each(companions('prometheus'))('of %s is read by Prometheus itself, rules included', async (_, process) => {
    const place = folder('prometheus');
    laid(place, process);
    const { stdout } = await run('promtool', ['check', 'config', join(place, '/etc/kafkon/prometheus.yml')]);
    expect(stdout).toMatch(/SUCCESS: .*prometheus\.yml is valid/);
    expect(stdout).toMatch(/SUCCESS: [1-9]\d* rules found/);
  });
});

describeWith(['maven', 'java', 'kafka-3.9.2'], 'the settings of Connect and MirrorMaker', () => {
  const folder = temporaryFolders();
  const check = async (kind: 'connect' | 'mirror', file: string) => {
    const jars = await mirrorMakerJars();
    const source = join(__dirname, 'java', 'CheckConfig.java');
    const { stdout } = await run('java', ['-cp', jars.join(':'), source, kind, file]);
    return stdout.trim().split('\n').at(-1);
  };

  it.each(companions('connect'))('are read by Connect itself: %s', async (_, process) => {
    const place = folder('connect');
    laid(place, process);
    const file = process.files.find(({ path }) => path.endsWith('connect.properties'))?.path ?? '';
    // Confluent's converter is in no registry of packages: Kafka's own stands in for it.
    const text = (process.files.find(({ path }) => path === file)?.content ?? '').replaceAll('/etc/kafkon', `${place}/etc/kafkon`);
    writeFileSync(
      join(place, file),
      text.replaceAll('io.confluent.connect.avro.AvroConverter', 'org.apache.kafka.connect.json.JsonConverter'),
    );
    expect(await check('connect', join(place, file))).toMatch(/^group \S+/);
  });

  it.each(companions('mirror-maker'))('are read by MirrorMaker itself: %s', async (_, process) => {
    const place = folder('mirror');
    laid(place, process);
    expect(await check('mirror', join(place, '/etc/kafkon/mirror-maker.properties'))).toMatch(/^pairs \[.*->/);
  });
});
