import type { Connection } from './admin';
import { type Reading, readRecords } from './calls/records';
import type { TransactionalHold } from './calls/transaction';
import type { ClientOptions } from './kafka-admin';
import type { RecordLog } from './record-log';
import { Session } from './session';

/** The records and locks of the cluster at the other end of a connection. It connects at the first call. */
export function recordLogFor(connection: Connection, options: ClientOptions = {}): RecordLog {
  return recordLogOn(new Session(connection, options.log));
}

/** Records and locks over a session that others may share. */
export function recordLogOn(session: Session): RecordLog {
  const readings = new Map<string, Reading>();
  const holds = new Map<string, TransactionalHold>();
  return {
    read: async (topic) => {
      const reading = await readRecords(session, topic, readings.get(topic));
      if (reading === undefined) readings.delete(topic);
      else readings.set(topic, reading);
      return reading?.values;
    },
    append: async (topic, records, hold) => {
      const own = hold === undefined ? undefined : holds.get(hold.transactionalId);
      if (own !== hold) throw new TypeError('the hold was given by another client or has been taken anew');
      const { appendRecords } = require('./calls/append-records') as typeof import('./calls/append-records');
      await appendRecords(session, topic, records, own);
    },
    lock: async (transactionalId) => {
      const { takeLock } = require('./calls/transaction') as typeof import('./calls/transaction');
      const hold = await takeLock(session, transactionalId);
      holds.set(transactionalId, hold);
      return hold;
    },
    requestsSent: () => session.requests,
    close: () => session.close(),
  };
}
