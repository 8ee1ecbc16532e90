import { type Command, Option } from 'commander';
import { platforms } from '../../lib/model';
import { UsageError } from './context';
import { type DockerOptions, withDockerOptions } from './docker-environment';
import { flagsAre } from './options';

/** What every command about an environment on either platform takes. */
export interface PlatformOptions extends DockerOptions {
  readonly platform: (typeof platforms)[number];
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
}

/** Options by the platform that alone understands them. */
const only: Readonly<Record<PlatformOptions['platform'], readonly string[]>> = {
  docker: ['projectName', 'portOffset', 'dataDir', 'pull'],
  kubernetes: ['kubeconfig', 'context', 'namespace', 'takeOver', 'certificates'],
};

/** Adds the options of both platforms, and the one that chooses. */
export function withPlatformOptions(command: Command): Command {
  return withClusterChoice(
    withDockerOptions(command.addOption(new Option('--platform <platform>', 'where it runs').choices(platforms).default('docker'))),
  ).option('--namespace <name>', 'Kubernetes: one more copy of the environment, in this namespace');
}

/** Adds the options that choose a Kubernetes cluster. */
export function withClusterChoice(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'Kubernetes: a file with contexts; default: what KUBECONFIG names')
    .option('--context <name>', 'Kubernetes: the context that names the cluster; default: the current one');
}

/** Whether the command is about Kubernetes. Fails when options were given that only the other platform understands. */
export function isOnKubernetes(options: PlatformOptions): boolean {
  const other = options.platform === 'kubernetes' ? 'docker' : 'kubernetes';
  const given: Readonly<Record<string, unknown>> = { ...options };
  const wrong = only[other].filter((name) => given[name] !== undefined && given[name] !== false);
  if (wrong.length === 0) return options.platform === 'kubernetes';
  throw new UsageError(`${flagsAre(wrong)} for ${other}, and this is for ${options.platform}`);
}
