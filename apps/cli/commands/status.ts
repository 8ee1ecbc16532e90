import { Command } from 'commander';
import type { ServiceStatus } from '../../../lib/lifecycle';
import { formatBytes } from '../../../lib/model';
import { dockerEnvironment, onDocker } from '../docker-environment';
import { duration } from '../duration';
import { statusOnCluster } from '../on-kubernetes/status';
import { outputOption, type Run } from '../options';
import { isOnKubernetes, type PlatformOptions, withPlatformOptions } from '../platform-options';
import { table } from '../table';

interface Options extends PlatformOptions {
  readonly output: 'text' | 'json';
}

/** `kafkon status <environment>`: every service as it stands. */
export function statusCommand(run: Run): Command {
  return withPlatformOptions(new Command('status'))
    .summary('show how the services of an environment are')
    .description(
      'Shows state, health, published ports, uptime, memory and restarts of every service, and which ones a restart would change.',
    )
    .argument('<environment>', 'id (tda/development) or file')
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon status tda/development\n  kafkon status tda/development -o json | jq .standing\n  kafkon status tda/staging --platform kubernetes\n\nExit status: 0 shown, however the services are; 1 no engine, no API server or errors, 2 wrong usage.',
    )
    .action((name: string, options: Options) =>
      run(async (context) => {
        if (isOnKubernetes(options)) return statusOnCluster(context, name, options);
        const target = await dockerEnvironment(context, name, options);
        if (target === undefined) return 1;
        return onDocker(context, async ({ engine }) => {
          const { allHealthNow, isServing, standingOf, statesOf, statusRows } = await import('../../../lib/lifecycle/index.js');
          const found = await allHealthNow(engine, (await statesOf(engine, target.stack)).values());
          const states = new Map(found.map((state) => [state.name, state]));
          const memory = new Map<string, number>();
          const running = [...states.values()].filter(({ state }) => state === 'running');
          await Promise.all(
            running.map(async ({ name: container }) => {
              const used = await engine.memory(container);
              if (used !== undefined) memory.set(container, used);
            }),
          );
          const services = statusRows(target.stack, states, memory, context.now);
          const serving = services.filter(({ container }) => isServing(states.get(container))).length;
          const standing = standingOf(serving, services.length);
          if (options.output === 'json')
            context.terminal.out(`${JSON.stringify({ environment: target.id, standing, services }, undefined, 2)}\n`);
          else context.terminal.out(`${target.id} is ${standing}\n${table(services.map(row))}`);
          return 0;
        });
      }),
    );
}

const MiB = 2 ** 20;

function row({ service, state, health, ports, uptimeSeconds, memory, restarts, restartPending }: ServiceStatus): Record<string, string> {
  return {
    SERVICE: service,
    STATE: state,
    HEALTH: health === 'none' ? '-' : health,
    PORTS: ports.length === 0 ? '-' : ports.join(','),
    UPTIME: uptimeSeconds === undefined ? '-' : duration(uptimeSeconds),
    MEMORY: memory === undefined ? '-' : formatBytes(Math.ceil(memory / MiB) * MiB),
    RESTARTS: String(restarts),
    PENDING: restartPending ? 'restart' : '-',
  };
}
