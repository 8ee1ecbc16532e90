import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { converge, planFor, portsOf } from '../support/converge/cluster';
import { cases, patienceMs } from './converge-arbitraries';
import { desiredServices, foreignServices, serviceSnapshot } from './converge-service-arbitraries';
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
              expect(there.versions.map((version) => version.text)).toContain(text);
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

describe('a run on the services that is killed', () => {
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
