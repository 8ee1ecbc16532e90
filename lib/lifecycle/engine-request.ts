import { readFileSync } from 'node:fs';
import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { fail } from './failure';
import { nodeSshAgent, type SshTarget } from './node-ssh-agent';

/** How to reach an engine: what `DOCKER_HOST`, `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH` say. */
export interface EngineAddress {
  /** As a person would write it, for messages. */
  readonly text: string;
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
  /** Where `ca.pem`, `cert.pem` and `key.pem` are; absent: no TLS. */
  readonly certificates?: string;
  /** Connections through SSH, for an engine on another machine. */
  readonly agent?: Agent;
}

/** One question to the engine. */
export interface EngineQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** From the root of the API, with its query. */
  readonly path: string;
  readonly json?: unknown;
  /** A tar archive. */
  readonly tar?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/** Answers that a question may have beside success, by status. */
export type Accepted = readonly number[];

/** One version that every engine of the last years speaks. */
const apiVersion = 'v1.41';

/** Reads the variables of the environment as Docker's own programs do. @default unix:///var/run/docker.sock */
export function engineAddress(variables: Readonly<Record<string, string | undefined>>): EngineAddress {
  const text = variables.DOCKER_HOST || 'unix:///var/run/docker.sock';
  if (text.startsWith('unix://')) return { text, socketPath: text.slice('unix://'.length) };
  const url = URL.canParse(text) ? new URL(text) : fail('docker/engine-address', cannotBeUsed(text));
  const { protocol, hostname, port } = url;
  if (protocol === 'ssh:') return { text, agent: nodeSshAgent(sshTarget(url, text), variables) };
  if (protocol !== 'tcp:' && protocol !== 'http:' && protocol !== 'https:') fail('docker/engine-address', cannotBeUsed(text));
  const secured = protocol === 'https:' || (variables.DOCKER_TLS_VERIFY ?? '') !== '';
  const certificates = variables.DOCKER_CERT_PATH;
  return {
    text,
    host: hostname,
    port: port === '' ? (secured ? 2376 : 2375) : Number(port),
    ...(secured && certificates !== undefined ? { certificates } : {}),
  };
}

function sshTarget({ hostname, port, username, password, pathname }: URL, text: string): SshTarget {
  // The path is a word of a command over there.
  if (hostname === '' || password !== '' || !/^[\w./-]*$/.test(pathname)) fail('docker/engine-address', cannotBeUsed(text));
  return {
    host: hostname,
    ...(username === '' ? {} : { user: decodeURIComponent(username) }),
    ...(port === '' ? {} : { port: Number(port) }),
    ...(pathname.length < 2 ? {} : { socket: pathname }),
  };
}

function cannotBeUsed(text: string): string {
  // A password does not belong there, and not into a message either.
  return `DOCKER_HOST ${text.replace(/\/\/.*@/, '//…@')} cannot be used; write unix:///path, tcp://host:port or ssh://user@host, without a password`;
}

/** Asks the engine and returns its answer once the headers are there. An error status that is not accepted is a failure. */
export function ask(address: EngineAddress, question: EngineQuestion, accepted: Accepted = []): Promise<IncomingMessage> {
  const { method, path, json, tar, signal } = question;
  const body = tar ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
  return new Promise((resolve, reject) => {
    const sent = open(address, {
      method,
      path: `/${apiVersion}${path}`,
      headers: {
        Host: 'docker',
        ...(body === undefined
          ? {}
          : { 'Content-Type': tar === undefined ? 'application/json' : 'application/x-tar', 'Content-Length': body.length }),
      },
      ...(signal === undefined ? {} : { signal }),
    });
    sent.once('error', (error: NodeJS.ErrnoException) => reject(signal?.aborted === true ? error : unreachable(address, error)));
    sent.once('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status < 400 || accepted.includes(status)) resolve(response);
      else read(response).then((text) => reject(refused(question, status, text.toString())), reject);
    });
    sent.end(body);
  });
}

/** The whole of an answer. */
export async function read(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Thrown where the engine refuses; the status tells a conflict from a missing thing. */
export class EngineRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'EngineRefusal';
  }
}

function open(
  address: EngineAddress,
  options: { method: string; path: string; headers: Record<string, string | number>; signal?: AbortSignal },
): ClientRequest {
  const { socketPath, host, port, certificates, agent } = address;
  if (socketPath !== undefined) return httpRequest({ ...options, socketPath });
  if (agent !== undefined) return httpRequest({ ...options, agent });
  const target = { ...options, ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  if (certificates === undefined) return httpRequest(target);
  const pem = (name: string) => readFileSync(join(certificates, name));
  return httpsRequest({ ...target, ca: pem('ca.pem'), cert: pem('cert.pem'), key: pem('key.pem') });
}

function unreachable({ text, agent }: EngineAddress, error: NodeJS.ErrnoException): Error {
  const local =
    error.code === 'EACCES' ? 'you may not use it: join the group docker, or set DOCKER_HOST' : 'start Docker, or set DOCKER_HOST';
  const remedy = agent === undefined ? local : `see that "ssh" and, over there, "docker system dial-stdio" work without a question`;
  try {
    return fail('docker/engine-unreachable', `no Docker Engine answers at ${text} (${error.code ?? error.message}); ${remedy}`);
  } catch (failure) {
    return failure as Error;
  }
}

function refused({ method, path }: EngineQuestion, status: number, text: string): EngineRefusal {
  let message = text.trim();
  try {
    message = (JSON.parse(text) as { message?: string }).message ?? message;
  } catch {
    // Not every proxy before an engine answers in JSON.
  }
  return new EngineRefusal(status, `the Docker Engine refused ${method} ${path.split('?')[0]}: ${message}`);
}
