import { rules } from './index';
import type { Rule } from './rule';

/** Findings that no row of the table makes: they need more than one environment, the day, or the file itself. */
const others: readonly (readonly [code: string, severity: string, reason: string])[] = [
  ['schema/*', 'error', 'What the schema refuses: unknown keys, missing values, wrong types, values out of range.'],
  ['fleet/port-collision', 'error', 'Two environments on one named Docker host must not publish the same port.'],
  ['fleet/container-collision', 'error', 'Two environments on one named Docker host must not name containers alike.'],
  ['fleet/cluster-id-shared', 'error', 'A cluster id in two environments would let the plan of one reach the cluster of the other.'],
  ['waiver/expired', 'error', 'A waiver ends with its last day; `synth` only warns, so that its output does not depend on the day.'],
  ['waiver/unknown-rule', 'warning', 'A waiver names the code of a rule.'],
  ['waiver/no-effect', 'warning', 'A waiver that waives nothing is to be removed.'],
];

const introduction = `# Rules

Every environment is judged by these rules, all at once; what each finds is printed with its code. An error stops everything. A
warning is printed, and is an error under \`security.strictMode\`. A notice says what Kafkon does not or cannot do about a value.

A rule of one platform applies where the environment is judged for it: \`synth\` judges for Kubernetes; elsewhere those platforms
count about which the file says anything under \`platform\`, and Kubernetes where it says nothing.

A waiver lets one rule be broken until a day, and is itself reported:

\`\`\`yaml
waivers:
  - { rule: capacity/disks-too-small, reason: the new disks come in March, until: '2027-03-31' }
\`\`\`

Where the schema refuses a value, the rules judge the rest of the file, and leave out what would follow from the refused value.

This page is written by \`npm run docs:rules\`.
`;

/** The documentation of all rules, as Markdown. */
export function rulesPage(): string {
  const areas = [...new Set(rules.map(areaOf))].map((area) =>
    section(
      area,
      rules.filter((rule) => areaOf(rule) === area),
    ),
  );
  const rest = ['## other findings', '', ...table(others.map(([code, severity, reason]) => [code, severity, '', reason]))].join('\n');
  return `${[introduction, ...areas, rest].join('\n')}\n`;
}

function areaOf({ code }: Rule): string {
  return code.slice(0, code.indexOf('/'));
}

function section(area: string, ofArea: readonly Rule[]): string {
  const lines = ofArea.map(({ code, severity, platform = '', reason }) => [code, severity, platform, reason]);
  return [`## ${area}`, '', ...table(lines), ''].join('\n');
}

function table(lines: readonly (readonly string[])[]): string[] {
  return [
    '| code | severity | platform | why |',
    '|---|---|---|---|',
    ...lines.map(([code = '', ...rest]) => `| \`${code}\` | ${rest.join(' | ')} |`),
  ];
}
