import type { Connection, KafkaAdmin } from './admin';
import { adminOn, type ClientOptions } from './kafka-admin';
import { recordLogOn } from './kafka-record-log';
import type { RecordLog } from './record-log';
import { Session } from './session';

/**
 * Both clients of one cluster over the same connections: whoever needs both logs in once. Each counts the requests of both, and closing
 * one closes the other.
 */
export function clientsFor(connection: Connection, options: ClientOptions = {}): { readonly admin: KafkaAdmin; readonly log: RecordLog } {
  const session = new Session(connection, options.log);
  return { admin: adminOn(session), log: recordLogOn(session) };
}
