import { ClusterFailure } from './admin';
import { isTls } from './failure';

/** How a service beside Kafka, with an HTTP interface, is reached. */
export interface ServiceConnection {
  /** `https://registry:8081`, with a path where there is one. */
  readonly url: string;
  readonly basic?: { readonly user: string; readonly password: string } | undefined;
  readonly tls?:
    | { readonly ca?: string | undefined; readonly certificate?: string | undefined; readonly key?: string | undefined }
    | undefined;
  /** How long a request may take, in milliseconds. @default 30000 */
  readonly requestTimeoutMs?: number;
}

/** What a service answers. */
export interface ServiceAnswer {
  readonly status: number;
  /** Parsed JSON, or the text where it is none. */
  readonly body: unknown;
}

export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the connection's URL, each part encoded. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType: string;
}

/** Sends one request. What the service answers is given back, whatever its status, bar that it lets nobody in. @throws ClusterFailure */
export async function askService(
  connection: ServiceConnection,
  { method, path, body, contentType }: ServiceRequest,
): Promise<ServiceAnswer> {
  const { url, basic, tls = {}, requestTimeoutMs = 30_000 } = connection;
  const target = new URL(`${url.replace(/\/+$/, '')}${path}`);
  const { request } = target.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const answer = await new Promise<ServiceAnswer>((resolve, reject) => {
    const sent = request(
      target,
      {
        method,
        agent: false,
        signal: AbortSignal.timeout(requestTimeoutMs),
        headers: { accept: contentType, ...(payload === undefined ? {} : { 'content-type': contentType }) },
        ...(basic === undefined ? {} : { auth: `${basic.user}:${basic.password}` }),
        ...(tls.ca === undefined ? {} : { ca: tls.ca }),
        ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
        ...(tls.key === undefined ? {} : { key: tls.key }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString('utf8')) }));
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  }).catch((error: Error & { readonly code?: string }) => {
    if (error.name === 'AbortError' || error.name === 'TimeoutError')
      throw new ClusterFailure('timed-out', `${target.origin} did not answer ${method} ${path} in ${requestTimeoutMs} ms`);
    const ofTls = isTls(error.code, error.message);
    throw new ClusterFailure(ofTls ? 'authentication-failed' : 'unreachable', `${target.origin} cannot be reached: ${error.message}`);
  });
  if (answer.status === 401) throw new ClusterFailure('authentication-failed', `${target.origin} refused the user or the password`);
  if (answer.status === 403) throw new ClusterFailure('not-authorized', `${target.origin} does not allow ${method} ${path}`);
  return answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The text of an error answer: most services have it as `message`. */
export function messageOf({ status, body }: ServiceAnswer): string {
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : body;
  return typeof message === 'string' && message !== '' ? message : `status ${status}`;
}

/** An answer that makes no sense for the request. */
export function unexpected(what: string, answer: ServiceAnswer): ClusterFailure {
  return new ClusterFailure(answer.status >= 500 ? 'unreachable' : 'unsupported', `${what}: ${messageOf(answer)}`);
}
