import fc from 'fast-check';
import type { Desired, DesiredConnector, DesiredSubject } from '../../lib/converge';
import type { CompatibilityLevel } from '../../lib/kafka';
import { type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

const id = { name: 'id', type: 'string' };
/** The second fits after the first under every level, the third does not read what the first wrote. */
const texts = [[id], [id, { name: 'x', type: 'long', default: 0 }], [id, { name: 'x', type: 'long' }]].map((fields) =>
  JSON.stringify({ type: 'record', name: 'R', fields }),
);
const levels: readonly CompatibilityLevel[] = ['NONE', 'BACKWARD', 'FULL', 'FORWARD_TRANSITIVE'];

const names = ['a', 'b', 'c'] as const;

const subject = fc.record({
  subject: fc.constantFrom(...names),
  text: fc.option(fc.constantFrom(...texts), { nil: undefined, freq: 6 }),
  compatibility: fc.option(fc.constantFrom(...levels), { nil: undefined }),
  refers: fc.boolean(),
});

/** Each may refer to the one before it in the alphabet, where that is declared. */
const subjects: fc.Arbitrary<readonly DesiredSubject[]> = fc.uniqueArray(subject, { selector: (each) => each.subject }).map((list) => {
  const sorted = [...list].sort((one, other) => (one.subject < other.subject ? -1 : 1));
  return sorted.map(({ subject: name, text, compatibility, refers }, index): DesiredSubject => {
    const before = sorted[index - 1]?.subject;
    return {
      subject: name,
      type: 'AVRO',
      references: refers && before !== undefined ? [{ name: before, subject: before }] : [],
      ...(text === undefined ? {} : { text }),
      ...(compatibility === undefined ? {} : { compatibility }),
    };
  });
});

const connector: fc.Arbitrary<DesiredConnector> = fc.record({
  connector: fc.constantFrom(...names),
  config: fc.constantFrom('1', '2').map((tasks) => ({ 'connector.class': 'FileSource', 'tasks.max': tasks })),
  secrets: fc.constantFrom({}, { key: 'secret' }),
  state: fc.constantFrom('running', 'paused', 'stopped'),
});

/** Any desired state of the services over few names, beside a topic or two. */
export const desiredServices: fc.Arbitrary<Desired> = fc
  .record({
    subjects,
    compatibility: fc.option(fc.constantFrom(...levels), { nil: undefined, freq: 2 }),
    deleteSubjects: fc.boolean(),
    connectors: fc.uniqueArray(connector, { selector: (each) => each.connector }),
    topic: fc.boolean(),
  })
  .map(({ subjects: list, compatibility, deleteSubjects, connectors, topic }) =>
    desiredWith({
      topics: topic ? [{ name: 'a', partitions: 1, replicationFactor: 1, config: {} }] : [],
      schemas: { subjects: list, deleteSubjects, ...(compatibility === undefined ? {} : { compatibility }) },
      connectors: [...connectors].sort((one, other) => (one.connector < other.connector ? -1 : 1)),
    }),
  );

/** What somebody else registers, in the order in which he does. */
export const newerVersions = fc.array(fc.record({ subject: fc.constantFrom(...names), text: fc.constantFrom(...texts) }), {
  minLength: 1,
  maxLength: 4,
});

/** What was in the services before anybody converged them: all of it foreign. */
export const foreignServices: fc.Arbitrary<() => Promise<TestCluster>> = fc
  .record({
    subjects: fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'z'), text: fc.constantFrom(...texts) }), {
      selector: ({ name }) => name,
    }),
    connectors: fc.uniqueArray(connector, { selector: (each) => each.connector, maxLength: 1 }),
  })
  .map((there) => async () => {
    const cluster = testCluster();
    cluster.secrets.set('secret', 'hush');
    for (const { name, text } of there.subjects) await cluster.registry.register(name, { type: 'AVRO', text });
    for (const each of there.connectors) await cluster.connect.put(each.connector, each.config);
    return cluster;
  });

/** All that the services hold, as plain data in a fixed order. */
export interface ServiceSnapshot {
  readonly subjects: Readonly<Record<string, unknown>>;
  readonly connectors: Readonly<Record<string, unknown>>;
  readonly compatibility: CompatibilityLevel | undefined;
}

export async function serviceSnapshot({ registry, connect }: TestCluster): Promise<ServiceSnapshot> {
  const found: [string, unknown][] = [];
  for (const name of [...(await registry.subjects())].sort()) {
    const versions = (await registry.versions(name)).map(({ version, text, references }) => ({ version, text, references }));
    found.push([name, { versions, level: await registry.compatibility(name) }]);
  }
  const connectors = [...(await connect.connectors())].sort(([one], [other]) => (one < other ? -1 : 1));
  return { subjects: Object.fromEntries(found), connectors: Object.fromEntries(connectors), compatibility: await registry.compatibility() };
}

/** The versions of a subject, the latest last. */
export function versionsOf({ subjects }: ServiceSnapshot, subject: string): readonly { readonly version: number; readonly text: string }[] {
  const found = subjects[subject] as { readonly versions: readonly { readonly version: number; readonly text: string }[] } | undefined;
  return found?.versions ?? [];
}
