import type { Environment } from '../../model';
import { configDirectory, type Process } from '../process';
import { companionProcess } from './companion-process';

const path = `${configDirectory}/redis.conf`;

/** Redis as a cache: what it holds is lost with the container, and the oldest makes room for the newest. */
export function redisProcess(environment: Environment): Process | undefined {
  const companion = environment.companions.redis;
  if (companion === undefined) return undefined;
  const { port } = companion;
  const settings = {
    maxmemory: Math.floor(companion.memory * 0.75),
    'maxmemory-policy': 'allkeys-lru',
    ...companion.config,
    port,
    bind: '* -::*',
    // Whoever may reach the port is the network's to say.
    'protected-mode': 'no',
    save: '""',
    appendonly: 'no',
    dir: '/tmp',
  };
  const ping = { kind: 'command', command: ['redis-cli', '-p', String(port), 'ping'] } as const;
  return {
    ...companionProcess({
      component: 'redis',
      companion,
      image: { repository: 'redis', tag: '7.2.7' },
      user: 999,
      command: ['redis-server', path],
      parts: {
        files: [
          {
            path,
            content: Object.entries(settings)
              .map(([key, value]) => `${key} ${value}\n`)
              .join(''),
          },
        ],
        readiness: { check: ping, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
        liveness: { check: { kind: 'tcp', port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      },
    }),
    ports: [{ name: 'redis', port }],
  };
}
