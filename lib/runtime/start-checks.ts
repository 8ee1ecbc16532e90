import type { SecretFile } from './process';
import { shellWord } from './shell';

/** Written and removed again: what one page of a log takes. bytes */
const spaceNeeded = 65_536;

const refuse = (message: string): string => `echo "${message}" >&2; exit 1`;

/**
 * Ends a start that could not succeed with one line that says why, where the program itself would answer with pages, or at the first
 * write. A secret must be there and hold no line break at its end, which would become part of a password.
 */
export function secretChecks(files: readonly SecretFile[]): string[] {
  const check = ({ path, source }: SecretFile): string[] => {
    const what = source.kind === 'secret' ? `secret ${source.secret}` : `${source.item} of the certificate of the ${source.owner}`;
    const there = `[ -s ${shellWord(path)} ] || { ${refuse(`the ${what} is missing or empty: ${path}`)}; }`;
    if (source.kind !== 'secret') return [there];
    return [
      there,
      `case $(cat ${shellWord(path)}; printf x) in *"$newline"x) ${refuse(`the ${what} ends with a line break: ${path}; make it anew without`)} ;; esac`,
    ];
  };
  return files.length === 0 ? [] : ["newline='", "'", ...files.flatMap(check)];
}

/** Ends the start where a directory takes no more data: a full disk, one that is read-only, or one that belongs to somebody else. */
export function spaceCheck(variable: string): string[] {
  return [
    `space=$${variable}/.kafkon-space`,
    `if ! failure=$({ printf '%${spaceNeeded}s' '' >"$space"; } 2>&1); then`,
    '  rm -f "$space" || :',
    `  echo "nothing can be written to $${variable}: \${failure:-no space is left}" >&2`,
    '  exit 1',
    'fi',
    'rm -f "$space"',
  ];
}

/**
 * Ends the start where a directory holds the data of another cluster: a node of KRaft takes its cluster's id from there, and would go on
 * as a part of that one.
 */
export function clusterCheck(variable: string, clusterId: string): string[] {
  return [
    `stored=$(sed -n 's/^cluster\\.id=//p' "$${variable}/meta.properties")`,
    `if [ "$stored" != ${shellWord(clusterId)} ]; then`,
    `  echo "$${variable} holds data of the cluster \${stored:-without an id}, and this node is one of ${clusterId}" >&2`,
    '  exit 1',
    'fi',
  ];
}
