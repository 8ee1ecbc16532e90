import { describe, expect, it } from '@jest/globals';
import { type StartedNode, startedContainers, upgradeProblems, upgradeSteps } from '../../lib/lifecycle';
import { type StartedKafka, startedKafka } from '../../lib/model';
import { containerState } from '../support/docker/fake-ports';
import { onDocker } from '../support/docker/small-cluster';

const nodes = (...started: readonly StartedKafka[]): readonly StartedNode[] =>
  started.map((each, index) => ({ ...each, service: `kafka-${index + 1}` }));
const three = (line: string, protocol?: string) =>
  nodes(...[1, 2, 3].map(() => ({ line, ...(protocol === undefined ? {} : { protocol }) })));
const zookeeper = (line: string, protocol = line): StartedKafka => ({ line, protocol });
const codes = (wanted: StartedKafka, there: readonly StartedNode[]) => upgradeProblems(wanted, there).map(({ code }) => code);

describe('a change of version with ZooKeeper', () => {
  it('is refused in one step, with the setting to write', () => {
    const [problem, ...others] = upgradeProblems(zookeeper('3.9'), three('3.6', '3.6'));
    expect(others).toEqual([]);
    expect(problem).toEqual({
      code: 'upgrade/protocol-too-early',
      severity: 'error',
      path: ['kafka', 'version'],
      message:
        'kafka-1, kafka-2 and kafka-3 run Kafka 3.6, which does not understand the protocol of 3.9; write ' +
        'inter.broker.protocol.version: "3.6" under kafka.config until every broker has been restarted with Kafka 3.9, and only then take it out',
    });
  });

  it('is let through in two, each said', () => {
    expect(codes(zookeeper('3.9', '3.6'), three('3.6', '3.6'))).toEqual([]);
    expect(upgradeSteps(zookeeper('3.9', '3.6'), three('3.6', '3.6'))).toEqual([
      'from Kafka 3.6 to 3.9, step 1 of 2: brokers go on speaking the protocol of 3.6, and there is a way back; ' +
        'step 2, when every broker runs 3.9: take inter.broker.protocol.version out of kafka.config',
    ]);
    expect(upgradeSteps(zookeeper('3.9', '3.6'), three('3.9', '3.6'))).toEqual([
      'every broker runs Kafka 3.9 and speaks the protocol of 3.6; step 2, when every broker runs 3.9: take inter.broker.protocol.version out of kafka.config',
    ]);
    expect(codes(zookeeper('3.9'), three('3.9', '3.6'))).toEqual([]);
    expect(upgradeSteps(zookeeper('3.9'), three('3.9', '3.6'))).toEqual([
      'to Kafka 3.9, step 2 of 2: brokers speak its protocol instead of that of 3.6, and there is no way back after it',
    ]);
    expect(upgradeSteps(zookeeper('3.9'), three('3.9', '3.9'))).toEqual([]);
  });

  it('waits with the second step for the last broker', () => {
    const there = nodes(zookeeper('3.9', '3.6'), zookeeper('3.9', '3.6'), zookeeper('3.6'));
    expect(upgradeProblems(zookeeper('3.9'), there)[0]?.message).toMatch(/^kafka-3 runs Kafka 3\.6, /);
    expect(codes(zookeeper('3.9', '3.6'), there)).toEqual([]);
  });

  it('has a way back before the second step and none after it', () => {
    expect(codes(zookeeper('3.6'), three('3.9', '3.6'))).toEqual([]);
    const [older] = upgradeProblems(zookeeper('3.6'), three('3.9', '3.9'));
    expect(older?.code).toBe('upgrade/protocol-lowered');
    expect(older?.message).toMatch(/speak the protocol of 3\.9 already, and there is no way back to that of 3\.6; keep Kafka 3\.9$/);
    const [held] = upgradeProblems(zookeeper('3.9', '3.6'), three('3.9', '3.9'));
    expect(held?.message).toMatch(/; write "3\.9", or take the setting out$/);
  });

  it('needs no second step for a broker that is alone, or for none', () => {
    expect(codes(zookeeper('3.9'), nodes(zookeeper('3.6')))).toEqual([]);
    expect(codes(zookeeper('3.9'), [])).toEqual([]);
    expect(upgradeSteps(zookeeper('3.9', '3.6'), [])).toEqual([]);
  });

  it('is only warned of where it is forced', () => {
    expect(upgradeProblems(zookeeper('3.9'), three('3.6', '3.6'), true).map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('compares numbers, not letters', () => {
    expect(codes(zookeeper('3.10'), three('3.9', '3.9'))).toEqual(['upgrade/protocol-too-early']);
    expect(codes(zookeeper('3.9'), three('3.9', '0.10.2'))).toEqual([]);
  });
});

describe('a change of version on KRaft', () => {
  it('says that the metadata version is still to be raised', () => {
    expect(codes({ line: '4.3' }, three('3.9'))).toEqual([]);
    expect(upgradeSteps({ line: '4.3' }, three('3.9'))).toEqual([
      'from Kafka 3.9 to 4.3: the metadata version stays as it is until every node runs 4.3 and you raise it',
    ]);
    expect(upgradeSteps({ line: '4.3' }, three('4.3'))).toEqual([]);
  });

  it('warns of a way back that there may not be', () => {
    expect(upgradeProblems({ line: '3.9' }, three('4.3'))).toMatchObject([{ code: 'upgrade/back-on-kraft', severity: 'warning' }]);
  });

  it('is none from ZooKeeper, or to it', () => {
    expect(codes({ line: '3.9' }, three('3.9', '3.9'))).toEqual(['upgrade/metadata-mode']);
    expect(codes(zookeeper('3.9'), three('3.9'))).toEqual(['upgrade/metadata-mode']);
  });
});

describe('what containers were started with', () => {
  const { environment, stack } = onDocker();

  it('is read from their labels, and from nothing else', () => {
    const labels = { 'kafkon.dev/kafka-line': '3.6', 'kafkon.dev/inter-broker-protocol': '3.6' };
    const states = new Map([
      ['kafka-1', containerState('kafka-1', labels)],
      ['kafka-2', containerState('kafka-2', {}, { state: 'exited' })],
      ['zookeeper-1', containerState('zookeeper-1', labels)],
    ]);
    expect(startedContainers(stack, states)).toEqual([{ service: 'kafka-1', line: '3.6', protocol: '3.6' }]);
  });

  it('is what the environment says: the protocol of the release, or the one that is written', () => {
    expect(startedKafka(environment).protocol).toBe(environment.kafka.version.line);
    const kafka = { ...environment.kafka, config: { 'inter.broker.protocol.version': '3.6-IV2' } };
    expect(startedKafka({ ...environment, kafka }).protocol).toBe('3.6');
  });
});
