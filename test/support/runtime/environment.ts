import { type Environment, type EnvironmentInput, environmentSpec } from '../../../lib/model';
import { resolveEnvironment } from '../../../lib/model/resolve';

/** A cluster id for tests. */
export const CLUSTER_ID = '4L6g3nShT-eMCtK--X86sw';

const disks = [{ name: 'data', size: '1Gi' }];
/** A disk for logs: the program's own of a broker, the transaction log of a ZooKeeper. */
export const logDisk = { name: 'logs', size: '1Gi', purpose: 'logs' } as const;

const pool = { memory: '512Mi', heap: '256Mi', disks } as const;

/** Three ZooKeeper servers. */
export const zookeeperEnsemble = { ids: [1, 2, 3], memory: '192Mi', heap: '96Mi', disks };
/** Three brokers. */
export const brokerPool = { name: 'kafka', ids: [1, 2, 3], ...pool };
/** Three nodes that are brokers and controllers. */
export const combinedPool = { name: 'node', ids: [1, 2, 3], roles: ['broker', 'controller'] as const, ...pool };
/** Three controllers. */
export const controllerPool = { name: 'controller', ids: [101, 102, 103], roles: ['controller'] as const, ...pool };

type Input = Omit<EnvironmentInput, 'name' | 'kind'> & Partial<Pick<EnvironmentInput, 'name' | 'kind'>>;

/** An environment of the test's own making; the rules have tests of their own. */
export function environmentOf(input: Input): Environment {
  return resolveEnvironment(environmentSpec.parse({ name: 'test', kind: 'development', clusterId: CLUSTER_ID, ...input }));
}

/** One plaintext listener. */
export const plainListeners = [{ name: 'CLIENT', port: 9092, security: 'plaintext' }] as const;
/** A SCRAM listener for clients; resolving adds one with mutual TLS for the brokers. */
export const securedListeners = [{ name: 'CLIENT', port: 9092, security: 'scram' }] as const;
