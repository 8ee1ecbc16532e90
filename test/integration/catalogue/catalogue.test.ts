import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Catalogue, type CatalogueLine, type ConfigScope, catalogueFor, checkConfig } from '../../../lib/model/catalogue';
import { type KafkaVersion, kafkaJars } from '../../support/kafka/jars';
import { describeWith } from '../../support/parts';

interface Trial {
  readonly scope: ConfigScope;
  readonly key: string;
  readonly value: string;
}

const scopes: readonly ConfigScope[] = ['broker', 'topic', 'producer', 'consumer'];

/** Around the limits of every type, forms of numbers and booleans, words and lists of other settings. */
const values: readonly string[] = [
  ...['0', '1', '-1', '-2', '-3', '2', '9', '10', '1048576', ' 7 ', '+5', '0x10', '1_000', '1GB', '10%'],
  ...['2147483647', '2147483648', '-2147483648', '-2147483649', '9223372036854775807', '9223372036854775808'],
  ...['1.5', '0.5', '1.0', '1.01', '-0.1', '1e3', '.5', '5.', 'true', 'FALSE', ' True ', 'yes', 'on', ''],
  ...['abc', 'a,b', 'a,a', 'a, b ,c', 'compact', 'delete,compact', 'controller,broker', 'gzip', 'GZIP', 'none', 'plaintext'],
  ...['3.5', '3.5.1', '3.5-IV2', '3.5-IV9', '3.6', '4.0', '0.10.2', '0.10.2.1', '99.1', 'latest', 'by_duration:PT1H'],
];

function trials(catalogue: Catalogue): readonly Trial[] {
  return scopes.flatMap((scope) =>
    catalogue.keys(scope).flatMap((key) => {
      const { allowed = [], default: usual, min, max } = catalogue.definition(scope, key) ?? {};
      const words = allowed
        .filter((word) => !word.endsWith('*'))
        .flatMap((word) => [word, word.toLowerCase(), word.toUpperCase(), `${word}x`]);
      const limits = [min, max].flatMap((limit) => (limit === undefined ? [] : [limit - 1, limit, limit + 1].map(String)));
      return [...new Set([...values, ...words, ...limits, ...(usual === undefined ? [] : [usual])])].map((value) => ({
        scope,
        key,
        value,
      }));
    }),
  );
}

/** Whose form the catalogue does not hold: Kafka parses these itself, beyond types, ranges and words. */
const formats = new Set([
  'controller.quorum.bootstrap.servers',
  'controller.quorum.voters',
  'follower.replication.throttled.replicas',
  'leader.replication.throttled.replicas',
]);

describeWith(['maven', 'java', 'kafka-3.9.2', 'kafka-4.3.1'], 'the catalogue against Kafka', () => {
  describe.each<[CatalogueLine, KafkaVersion]>([
    ['3.9', '3.9.2'],
    ['4.3', '4.3.1'],
  ])('%s', (line, version) => {
    const catalogue = catalogueFor(line);
    const tried = trials(catalogue);
    let answers: readonly string[] = [];

    beforeAll(async () => {
      const classPath = (await kafkaJars(version)).join(':');
      const input = tried.map(({ scope, key, value }) => `${scope}\t${key}\t${value}\n`).join('');
      const output = execFileSync('java', ['-cp', classPath, join(__dirname, 'Judge.java')], {
        input,
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      answers = output.trim().split('\n');
    });

    const ours = ({ scope, key, value }: Trial): string =>
      checkConfig(catalogue, scope, { [key]: value }).length === 0 ? 'accepted' : 'refused';
    const differing = (answer: 'accepted' | 'refused'): readonly Trial[] =>
      tried.filter((trial, index) => answers[index] === answer && ours(trial) !== answer);

    it('gets an answer of Kafka to every trial', () => {
      expect(tried.length).toBeGreaterThan(25_000);
      expect(answers).toHaveLength(tried.length);
    });

    it('accepts whatever Kafka accepts', () => {
      expect(differing('accepted')).toEqual([]);
    });

    it('refuses what Kafka refuses, but for classes that cannot be looked for and a few formats', () => {
      const unexpected = differing('refused').filter(
        ({ scope, key }) => !formats.has(key) && catalogue.definition(scope, key)?.type !== 'class',
      );
      expect(unexpected).toEqual([]);
    });

    it('knows what Kafka reads without defining it', () => {
      const undefinedKeys = new Set(tried.filter((_, index) => answers[index] === 'undefined').map(({ scope, key }) => `${scope} ${key}`));
      expect(undefinedKeys).toContain('broker super.users');
      expect(undefinedKeys).toContain('broker allow.everyone.if.no.acl.found');
      expect(undefinedKeys.size).toBeLessThanOrEqual(11);
    });
  });
});
