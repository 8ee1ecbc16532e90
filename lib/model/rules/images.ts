import { catalogueLine } from '../catalogue';
import type { Environment } from '../environment';
import { type Image, imageReference } from '../image';
import { compareVersions, confluentToKafka, firstApacheImage, kafkaVersion } from '../kafka-version';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';

interface PlacedImage {
  readonly path: Path;
  readonly image: Image;
}

/** The images whose version follows from `kafka.version`. */
function kafkaImages(environment: Environment): PlacedImage[] {
  const kafka = { path: ['kafka', 'image'], image: environment.kafka.image };
  return environment.metadata.mode === 'zookeeper' ? [kafka, { path: ['metadata', 'image'], image: environment.metadata.image }] : [kafka];
}

/** Repository and tag of every image the environment names, whether it says both or one of them. */
function namedImages(environment: Environment): { path: Path; repository?: string | undefined; tag?: string | undefined }[] {
  const companions = Object.entries(environment.companions).flatMap(([name, companion]) =>
    companion?.image === undefined ? [] : [{ path: ['companions', name, 'image'], ...companion.image }],
  );
  const tools = environment.platform.kubernetes.toolsImage;
  const kafka = kafkaImages(environment).map(({ path, image }) => ({ path, ...image }));
  return [...kafka, ...companions, ...(tools === undefined ? [] : [{ path: ['platform', 'kubernetes', 'toolsImage'], ...tools }])];
}

function checkTag(environment: Environment): Finding[] {
  const { release } = environment.kafka.version;
  return kafkaImages(environment).flatMap(({ path, image }) => {
    const [, version] = /^v?(\d+\.\d+\.\d+)/.exec(image.tag) ?? [];
    if (version === undefined || version === release) return [];
    // A ZooKeeper image of its own carries ZooKeeper's numbers.
    if (path[0] === 'metadata' && !/(^|\/)(cp-zookeeper|kafka)$/.test(image.repository)) return [];
    const message = `image tag "${image.tag}" is not Kafka's version "${release}"; write the same release in both, or leave the tag out`;
    return [{ path: [...path, 'tag'], message }];
  });
}

function checkFamily(environment: Environment): Finding[] {
  const { distribution } = environment.kafka.version;
  return kafkaImages(environment).flatMap(({ path, image }) => {
    const family = /(^|\/)cp-/.test(image.repository)
      ? 'confluent'
      : /(^|\/)apache\/kafka/.test(image.repository)
        ? 'apache'
        : distribution;
    if (family === distribution) return [];
    const message = `image "${image.repository}" is of the distribution ${family}, not ${distribution}; change kafka.distribution to ${family} or the repository`;
    return [{ path: [...path, 'repository'], message }];
  });
}

export const imageRules: readonly Rule[] = [
  {
    code: 'version/unknown-release',
    severity: 'error',
    reason: 'The Kafka inside a Confluent release decides which settings exist, so the release must be in the table.',
    check: ({ kafka: { version } }) =>
      kafkaVersion(version.distribution, version.release) !== undefined
        ? []
        : [
            {
              path: ['kafka', 'version'],
              message: `Confluent release "${version.release}" is not known; use one of ${Object.keys(confluentToKafka).join(', ')}`,
            },
          ],
  },
  {
    code: 'version/not-supported',
    severity: 'error',
    reason: 'There are settings to judge by for Kafka 3.5 to 3.9 and 4.x alone.',
    check: ({ kafka: { version } }) =>
      catalogueLine(version.line) !== undefined
        ? []
        : [
            {
              path: ['kafka', 'version'],
              message: `Kafka ${version.line} (release "${version.release}") is not supported; use 3.5 to 3.9, or 4.x`,
            },
          ],
  },
  {
    code: 'image/not-published',
    severity: 'error',
    reason: 'The Apache project publishes images since Kafka 3.7.',
    check: ({ kafka: { image, version } }) =>
      image.repository !== 'apache/kafka' || image.registry !== undefined || compareVersions(version.release, firstApacheImage) >= 0
        ? []
        : [
            {
              path: ['kafka', 'version'],
              message: `there is no image apache/kafka of "${version.release}", the first is ${firstApacheImage}; raise the version, use the distribution confluent, or name an image of your own`,
            },
          ],
  },
  {
    code: 'image/wrong-version',
    severity: 'error',
    reason: 'The version decides what is rendered; an image of another release would be started with the wrong settings.',
    check: checkTag,
  },
  {
    code: 'image/wrong-distribution',
    severity: 'error',
    reason: "The distribution decides paths, user and start command; the other family's image has them elsewhere.",
    check: checkFamily,
  },
  {
    code: 'image/withdrawn',
    severity: 'error',
    reason: 'The free Bitnami images were withdrawn in August 2025.',
    check: (environment) =>
      namedImages(environment)
        .filter(({ repository }) => repository !== undefined && /^bitnami\//.test(repository))
        .map(({ path, repository }) => ({
          path: [...path, 'repository'],
          message: `image "${repository}" was withdrawn by its publisher; use apache/kafka, a confluentinc image or a mirror of your own`,
        })),
  },
  {
    code: 'image/latest-tag',
    severity: 'error',
    reason: 'A tag that moves makes two nodes of one cluster run different programs; only development may use it.',
    check: (environment) =>
      environment.kind === 'development'
        ? []
        : namedImages(environment)
            .filter(({ tag }) => tag === 'latest')
            .map(({ path, repository }) => ({
              path: [...path, 'tag'],
              message: `tag "latest" of ${repository === undefined ? 'the image' : imageReference({ repository, tag: 'latest', pullPolicy: 'Always' })} moves and is not for ${environment.kind}; write a release`,
            })),
  },
];
