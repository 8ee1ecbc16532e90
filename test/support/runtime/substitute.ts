import { parseProperties, renderProperties } from '../../../lib/runtime';

/** Texts and what stands for each of them on this machine; no replacement is looked at again. */
export type Replacements = ReadonlyMap<string, string>;

/** What may differ between the files rendered for a platform and those that run here: addresses, directories, places of keys. */
export const substitutedKeys: readonly RegExp[] = [
  /^listeners$/,
  /^advertised\.listeners$/,
  /^zookeeper\.connect$/,
  /^controller\.quorum\.(voters|bootstrap\.servers)$/,
  /^log\.dirs$/,
  /^metadata\.log\.dir$/,
  /^(zookeeper\.)?ssl\.(keystore|truststore)\.(location|password)$/,
  /^listener\.name\.[a-z]+\.scram-sha-(256|512)\.sasl\.jaas\.config$/,
  /^(clientPort|secureClientPort)$/,
  /^server\.\d+$/,
  /^(dataDir|dataLogDir)$/,
  /^ssl(\.quorum)?\.(keyStore|trustStore)\.(location|passwordPath)$/,
];

/** Replaces every occurrence in one pass, the longest text first. */
export function substituteText(text: string, replacements: Replacements): string {
  const texts = [...replacements.keys()].sort((a, b) => b.length - a.length).map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (texts.length === 0) return text;
  return text.replace(new RegExp(texts.join('|'), 'g'), (found) => replacements.get(found) ?? found);
}

/** Replaces within the values of the reviewed keys of a properties file and nowhere else. */
export function substituteProperties(text: string, replacements: Replacements): string {
  const settings = Object.entries(parseProperties(text)).map(([key, value]) => [
    key,
    substitutedKeys.some((pattern) => pattern.test(key)) ? substituteText(value, replacements) : value,
  ]);
  return renderProperties(Object.fromEntries(settings));
}

/** The way back, to prove that nothing but the replacements differs. */
export function inverse(replacements: Replacements): Replacements {
  return new Map([...replacements].map(([from, to]) => [to, from]));
}
