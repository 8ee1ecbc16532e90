import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { kubernetesAddressing } from '../../../lib/kubernetes';
import { listenerServiceName } from '../../../lib/kubernetes/names';
import type { Environment } from '../../../lib/model';
import type { Namespace } from './namespace';
import type { Service } from './objects';

/** The door to an external listener: the names that clients know, and the machine's ports behind them. */
export interface Door {
  /** `host:port` as clients are told. */
  readonly bootstrap: string;
  readonly brokers: readonly string[];
  readonly socketFactory: ISocketFactory;
}

interface Machine {
  readonly host: string;
  readonly port: number;
}

/**
 * How a client outside reaches an external listener. It goes by the names that the environment advertises, and TLS checks them; that
 * they lead to ports of the machine, in place of a name server and load balancers, is the only thing that is the test's.
 */
export async function doorOf(namespace: Namespace, environment: Environment, listenerName: string): Promise<Door> {
  const listener = environment.listeners.find(({ name }) => name === listenerName);
  if (listener === undefined) throw new Error(`there is no listener ${listenerName}`);
  const address = await machineAddress(namespace);
  const behind = async (id?: number): Promise<Machine> => {
    const { spec } = await namespace.get<Service>('service', listenerServiceName(environment, listener, id));
    return { host: address, port: spec.ports[0]?.nodePort ?? 0 };
  };
  const addressing = kubernetesAddressing(environment);
  const bootstrapHost = environment.platform.kubernetes.listeners[listenerName]?.bootstrapHost ?? '';
  const bootstrap = `${bootstrapHost}:${listener.port}`;
  const known = new Map([[bootstrap, await behind()]]);
  const brokers: string[] = [];
  for (const { id } of environment.nodes.filter(({ broker }) => broker)) {
    const told = advertised(addressing.advertised(listener, id));
    brokers.push(told);
    known.set(told, await behind(id));
  }
  return { bootstrap, brokers, socketFactory: through(known) };
}

function advertised({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host}:${port}`;
}

async function machineAddress(namespace: Namespace): Promise<string> {
  interface Node {
    readonly status: { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
  }
  const nodes = await namespace.list<Node>('nodes');
  const [found] = nodes.flatMap(({ status }) => status.addresses.filter(({ type }) => type === 'InternalIP'));
  if (found === undefined) throw new Error('no machine has an address');
  return found.address;
}

/** Sockets to what is behind each known name; an unknown one is refused, since no client may be told it. */
function through(known: ReadonlyMap<string, Machine>): ISocketFactory {
  return ({ host, port, ssl, onConnect }) => {
    const machine = known.get(`${host}:${port}`);
    if (machine === undefined) throw new Error(`a client outside was told ${host}:${port}, which is no name of the listener`);
    const socket = ssl === undefined ? connect(machine, onConnect) : connectTls({ ...machine, servername: host, ...ssl }, onConnect);
    socket.setKeepAlive(true, 60_000);
    return socket;
  };
}
