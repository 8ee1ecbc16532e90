import { ClusterFailure } from '../admin';
import { Fenced, type Hold, type RecordLog } from '../record-log';
import { done, type MemoryCluster, refused } from './memory-cluster';
import { configOf } from './topics';

/** What the real client can't read either, as if all had been written under the setting of now. */
const unknownCompression = /^(snappy|lz4|zstd)$/;

/** The records and locks of a cluster in memory. */
export function memoryRecordLog(cluster: MemoryCluster): RecordLog {
  let sent = 0;
  let closed = false;
  const epochs = new Map<Hold, number>();
  const enter = (): void => {
    if (closed) throw new ClusterFailure('closed', 'this client has been closed');
    sent++;
  };
  const user = undefined;
  const write = async (call: string, effect: Parameters<typeof cluster.write>[2]): Promise<void> => {
    const [outcome] = [...(await cluster.write({ call, user }, new Map([[call, undefined]]), effect)).values()];
    if (outcome?.done === false && outcome.reason === 'timed-out') throw new ClusterFailure('unreachable', outcome.message);
  };

  return {
    read: async (topic) => {
      enter();
      return cluster.read({ call: 'readRecords', user }, (state) => {
        const stored = state.topics.get(topic);
        if (stored === undefined) return undefined;
        const records = new Map(state.records.get(topic));
        const [compression] = configOf(state, stored, ['compression.type']);
        if (records.size > 0 && unknownCompression.test(compression?.value ?? ''))
          throw new ClusterFailure('unsupported', `the records of ${topic} are compressed in a way that is not known here`);
        return records;
      });
    },
    append: async (topic, records, hold) => {
      if (records.size === 0) return;
      const epoch = hold === undefined ? undefined : epochs.get(hold);
      if (hold !== undefined && epoch === undefined) throw new TypeError('the hold was given by another client');
      enter();
      let problem: Error | undefined;
      await write('appendRecords', (state) => {
        if (hold !== undefined && state.epochs.get(hold.transactionalId) !== epoch) problem = new Fenced(hold.transactionalId);
        else if (!state.topics.has(topic)) problem = new ClusterFailure('unsupported', `there is no topic ${topic}`);
        if (problem !== undefined) return refused('invalid', problem.message);
        const log = state.records.get(topic) ?? new Map<string, string>();
        state.records.set(topic, log);
        for (const [key, value] of records) {
          if (value === null) log.delete(key);
          else log.set(key, value);
        }
        return done;
      });
      if (problem !== undefined) throw problem;
    },
    lock: async (transactionalId) => {
      enter();
      let epoch = 0;
      await write('lock', (state) => {
        epoch = (state.epochs.get(transactionalId) ?? 0) + 1;
        state.epochs.set(transactionalId, epoch);
        return done;
      });
      const hold: Hold = {
        transactionalId,
        holds: async () => {
          enter();
          // A proof reads what is so now: the coordinator knows no staleness.
          return cluster.read({ call: 'holds', user }, () => cluster.state.epochs.get(transactionalId) === epoch);
        },
      };
      epochs.set(hold, epoch);
      return hold;
    },
    requestsSent: () => sent,
    close: async () => {
      closed = true;
    },
  };
}
