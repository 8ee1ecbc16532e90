import { type CatalogueLine, catalogueLines } from './catalogue';

/**
 * The catalogue to judge a Kafka release by: the nearest line of the same major version that is not below it, or that
 * major's last line for a release newer than all of them. So 3.7 and 3.8 are judged by 3.9, 4.0 to 4.2 by 4.3. The later
 * line knows nearly every setting of the earlier release, and a setting too many does no harm (a broker ignores it,
 * a topic with it is refused), while a good
 * one refused here would stop its user. Below 3.5 and for other major versions there is none: `undefined`.
 */
export function catalogueLine(kafkaVersion: string): CatalogueLine | undefined {
  const version = /^(\d+)\.(\d+)(?:\.\d+)*$/.exec(kafkaVersion);
  if (version === null) return undefined;
  const major = Number(version[1]);
  const minor = Number(version[2]);
  if (major === 3 && minor < 5) return undefined;
  const sameMajor = catalogueLines.filter((line) => Number(line.split('.')[0]) === major);
  return sameMajor.find((line) => Number(line.split('.')[1]) >= minor) ?? sameMajor.at(-1);
}
