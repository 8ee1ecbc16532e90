import { protocolLine, protocolSetting, startedKafka } from '../broker-protocol';
import { catalogueLine } from '../catalogue';
import { compareVersions } from '../kafka-version';
import { withKraft, withZookeeper } from './metadata-mode';
import type { Rule } from './rule';

const path = ['kafka', 'config', protocolSetting];
const reads = ['kafka.version', `kafka.config.${protocolSetting}`];

export const brokerProtocolRules: readonly Rule[] = [
  {
    code: 'version/protocol-too-new',
    severity: 'error',
    reason: 'A broker does not start with a protocol that is newer than itself.',
    reads,
    check: withZookeeper((_, { kafka: { config, version } }) => {
      const protocol = protocolLine(String(config[protocolSetting] ?? ''));
      // Where the release has a catalogue of its own, that one refuses what it does not know.
      if (protocol === undefined || catalogueLine(version.line) === version.line || compareVersions(protocol, version.line) <= 0) return [];
      const message = `Kafka ${version.line} does not know the protocol "${protocol}"; write "${version.line}" or older, or raise kafka.version first`;
      return [{ path, message }];
    }),
  },
  {
    code: 'version/protocol-held-back',
    severity: 'notice',
    reason: 'An upgrade with ZooKeeper has two steps, and with the protocol held back the second is still to come.',
    reads,
    check: withZookeeper((_, environment) => {
      const { line, protocol = line } = startedKafka(environment);
      if (compareVersions(protocol, line) >= 0) return [];
      const message = `brokers of Kafka ${line} speak the protocol of ${protocol}; once all of them run ${line} and shall stay so, take the setting out, bring it up and roll`;
      return [{ path, message }];
    }),
  },
  {
    code: 'version/protocol-per-pool',
    severity: 'error',
    reason: 'The brokers of a cluster speak one protocol.',
    check: ({ pools }) =>
      pools.flatMap(({ config, name }, index) =>
        config[protocolSetting] === undefined
          ? []
          : [
              {
                path: ['nodePools', index, 'config', protocolSetting],
                message: `"${protocolSetting}" of pool "${name}" would set its brokers apart from the others; write it once, under kafka.config`,
              },
            ],
      ),
  },
  {
    code: 'version/protocol-unused',
    severity: 'warning',
    reason: 'On KRaft nodes agree by the metadata version, which is raised in the running cluster.',
    reads,
    check: withKraft((_, { kafka: { config, version } }) =>
      config[protocolSetting] === undefined || catalogueLine(version.line) === undefined || compareVersions(version.line, '4.0') >= 0
        ? []
        : [{ path, message: `"${protocolSetting}" has no effect on kraft; remove it, and raise the metadata version after an upgrade` }],
    ),
  },
];
