import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDrift } from '../../lib/converge';
import { converge, planFor, portsOf } from '../support/converge/cluster';
import { cases, patienceMs } from './converge-arbitraries';
import { desiredServices, foreignServices, newerVersions, serviceSnapshot, versionsOf } from './converge-service-arbitraries';
import { everyCrashPoint } from './every-crash-point';

describe('the convergence of the services, for any two desired states on any others', () => {
  it(
    'brings about what is owned, leaves all else alone, and has nothing left to do',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreignServices, desiredServices, desiredServices, async (make, first, second) => {
          const cluster = await make();
          const strangers = await serviceSnapshot(cluster);
          for (const wanted of [first, second]) {
            await converge(wanted, portsOf(cluster));
            const again = await planFor(wanted, portsOf(cluster));
            expect(again.steps.filter(({ kind }) => kind !== 'refuse')).toEqual([]);
            expect(JSON.parse(JSON.stringify(again))).toEqual(again);
            const refused = new Set(again.steps.map(({ id }) => id));
            const after = await serviceSnapshot(cluster);
            expect(after.subjects).toMatchObject(strangers.subjects);
            expect(after.connectors).toMatchObject(strangers.connectors);
            for (const { subject, text, compatibility } of wanted.schemas?.subjects ?? []) {
              if (text === undefined || refused.has(`refuse subject ${subject}`) || subject in strangers.subjects) continue;
              const there = after.subjects[subject] as { readonly versions: readonly { readonly text: string }[]; readonly level: unknown };
              expect(there.versions.at(-1)?.text).toBe(text);
              if (compatibility !== undefined) expect(there.level).toBe(compatibility);
            }
            for (const { connector, config, secrets, state } of wanted.connectors ?? []) {
              if (connector in strangers.connectors) continue;
              const secret = Object.fromEntries(Object.keys(secrets).map((key) => [key, 'hush']));
              expect(after.connectors[connector]).toMatchObject({ config: { ...config, ...secret }, state });
            }
            expect(JSON.stringify(again)).not.toContain('hush');
          }
          const declared = new Set([...(second.connectors ?? []).map(({ connector }) => connector), ...Object.keys(strangers.connectors)]);
          expect(Object.keys((await serviceSnapshot(cluster)).connectors).filter((name) => !declared.has(name))).toEqual([]);
        }),
        { numRuns: cases(100) },
      );
    },
    patienceMs,
  );

  it(
    'deletes no subject without leave or without consent',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreignServices, desiredServices, desiredServices, fc.boolean(), async (make, first, second, leave) => {
          const cluster = await make();
          await converge(first, portsOf(cluster));
          const before = Object.keys((await serviceSnapshot(cluster)).subjects);
          const wanted = { ...second, schemas: { subjects: [], ...second.schemas, deleteSubjects: leave } };
          await converge(wanted, portsOf(cluster), leave ? { showWithinMs: 200 } : undefined);
          expect(Object.keys((await serviceSnapshot(cluster)).subjects)).toEqual(expect.arrayContaining(before));
        }),
        { numRuns: cases(60) },
      );
    },
    patienceMs,
  );
});

describe('versions that somebody else registers after the declared ones', () => {
  it(
    'are always a drift, and stay as they are, whether the declared ones become the latest again or that is refused',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreignServices, desiredServices, newerVersions, async (make, wanted, versions) => {
          const cluster = await make();
          await converge(wanted, portsOf(cluster));
          await converge(wanted, portsOf(cluster));
          const declared = new Map(
            (wanted.schemas?.subjects ?? []).flatMap(({ subject, text }) => (text === undefined ? [] : [[subject, text] as const])),
          );
          const before = await serviceSnapshot(cluster);
          for (const { subject, text } of versions) await cluster.registry.register(subject, { type: 'AVRO', text });
          const added = await serviceSnapshot(cluster);
          const plan = await planFor(wanted, portsOf(cluster));
          for (const [subject, text] of declared) {
            const [then, now] = [versionsOf(before, subject), versionsOf(added, subject)];
            const isPassed = now.some((version) => version.text === text) && now.at(-1)?.text !== text;
            expect({ subject, drift: isDrift(plan) || !isPassed }).toEqual({ subject, drift: true });
            if (isPassed && then.at(-1)?.text === text)
              expect([...plan.steps.map(({ id }) => id), ...plan.notes.map(({ message }) => message)].join('\n')).toMatch(
                new RegExp(`(register-schema|refuse subject|version \\d+ of) ${subject}\\b`),
              );
          }
          await converge(wanted, portsOf(cluster));
          expect((await planFor(wanted, portsOf(cluster))).steps.filter(({ kind }) => kind !== 'refuse')).toEqual([]);
          const after = await serviceSnapshot(cluster);
          for (const { subject, text } of versions) {
            if (declared.get(subject) === text) continue;
            const theirs = (snapshot: typeof after) => versionsOf(snapshot, subject).filter((version) => version.text === text);
            expect(theirs(after)).toEqual(theirs(added));
          }
        }),
        { numRuns: cases(100) },
      );
    },
    patienceMs,
  );
});

describe('a run on the services that is killed', () => {
  it(
    'while a declared schema is made the latest again, at any request, is finished by running again',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          foreignServices,
          desiredServices,
          newerVersions,
          fc.constantFrom('before' as const, 'after' as const),
          async (make, wanted, versions, moment) => {
            const passed = async () => {
              const cluster = await make();
              await converge(wanted, portsOf(cluster));
              for (const { subject, text } of versions) await cluster.registry.register(subject, { type: 'AVRO', text });
              return cluster;
            };
            // Before it a run that leaves the services alone.
            const { schemas: _, connectors: __, ...rest } = wanted;
            await everyCrashPoint(passed, [rest, wanted], moment, serviceSnapshot);
          },
        ),
        { numRuns: cases(8) },
      );
    },
    patienceMs,
  );

  it(
    'at any request is finished by running again, and the record is right',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          foreignServices,
          desiredServices,
          desiredServices,
          fc.constantFrom('before' as const, 'after' as const),
          (make, first, second, moment) => everyCrashPoint(make, [first, second], moment, serviceSnapshot),
        ),
        { numRuns: cases(8) },
      );
    },
    patienceMs,
  );
});
