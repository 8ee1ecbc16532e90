import { connect, isIP, type Socket } from 'node:net';

/** How long a connection is quiet before the system asks whether the other end is still there, in milliseconds. */
const keepAliveAfterMs = 60_000;

export interface SocketOptions {
  readonly host: string;
  readonly port: number;
  /** What `tls.connect` takes besides; null for a plain connection. */
  readonly ssl: object | null;
  readonly onConnect: () => void;
}

/**
 * Opens the connections that kafkajs speaks over. Requests go out as they are written: several at once would wait for each other, as the
 * system sends a small one only when the one before has been acknowledged. TLS, which takes a while to load, is loaded where it is used.
 */
export function openSocket({ host, port, ssl, onConnect }: SocketOptions): Socket {
  const socket = ssl === null ? connect({ host, port }, onConnect) : secured({ host, port, ssl, onConnect });
  return socket.setNoDelay(true).setKeepAlive(true, keepAliveAfterMs);
}

function secured({ host, port, ssl, onConnect }: SocketOptions): Socket {
  const tls = require('node:tls') as typeof import('node:tls');
  return tls.connect({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect);
}
