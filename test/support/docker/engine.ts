import { request } from 'node:http';

/** What a Docker engine answered: the body as JSON where it is that, and the HTTP status. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A Docker Engine behind its Unix socket. */
export class Engine {
  constructor(private readonly socketPath = process.env.DOCKER_HOST?.replace(/^unix:\/\//, '') ?? '/var/run/docker.sock') {}

  /** One call of the Engine API; `path` begins after the version. Fails only when nobody answers. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    const payload = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const headers = payload === undefined ? {} : { 'content-type': contentType, 'content-length': payload.length };
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.socketPath, method, path: `/v1.41${path}`, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts).toString()) }));
      });
      call.on('error', reject);
      call.end(payload);
    });
  }

  /** The same, and a failure when the engine refuses. */
  async must(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, contentType?: string): Promise<unknown> {
    const answer = await this.call(method, path, body, contentType);
    if (answer.status < 400) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Whether there is an engine at all. */
  async answers(): Promise<boolean> {
    return this.call('GET', '/_ping').then(
      ({ status }) => status === 200,
      () => false,
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
