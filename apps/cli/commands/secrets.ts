import { resolve } from 'node:path';
import { Argument, Command } from 'commander';
import { renderProblems } from '../../../lib/environment';
import { dockerEnvironment, tellingProblems } from '../docker-environment';
import { listSecrets } from '../list-secrets';
import { secretsOnCluster } from '../on-kubernetes/secrets';
import { outputOption, type Run } from '../options';
import { isOnKubernetes, type PlatformOptions, withPlatformOptions } from '../platform-options';
import { secretsText } from '../secrets-text';

interface Options extends PlatformOptions {
  readonly certificates?: true;
  readonly output: 'text' | 'json';
}

/** `kafkon secrets <environment> init`: what is missing, once; only certificates that lack names are made anew. */
export function secretsCommand(run: Run): Command {
  return withPlatformOptions(new Command('secrets'))
    .summary('list the secrets of an environment, or make those it needs')
    .description(
      'list names every secret that the environment needs and where each platform looks for it. init makes a development certificate authority, certificates with PKCS#12 stores, and passwords as long as the policies of their ' +
        'accounts ask for, below platform.docker.secretsDirectory and outside every state. What is there already stays, but for certificates ' +
        'of that authority which lack names by which their holders are reached: those are made anew. On Kubernetes, init also puts those that pods need into Secrets of the namespace, where they are not there yet; ' +
        'certificates only where cert-manager is not there to make them.',
    )
    .argument('<environment>', 'id (tda/staging) or file')
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'init']))
    .option('--certificates', 'Kubernetes: make certificates although cert-manager is there')
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon secrets llm-analytics/production list\n  kafkon secrets tda/staging init\n  kafkon secrets tda/staging init --platform kubernetes\n\nExit status: 0 all there, 1 errors, 2 wrong usage.',
    )
    .action((name: string, action: 'list' | 'init', options: Options) =>
      run(async (context) => {
        if (action === 'list') return listSecrets(context, name, options);
        if (isOnKubernetes(options)) return secretsOnCluster(context, name, options);
        const target = await dockerEnvironment(context, name, options);
        if (target === undefined) return 1;
        return tellingProblems(context, async () => {
          const { environment, stack } = target;
          const { makeSecrets, secretPlan } = await import('../../../lib/lifecycle/index.js');
          const { dockerAddressing } = await import('../../../lib/docker/index.js');
          const directory = resolve(stack.directory, environment.platform.docker.secretsDirectory);
          const plan = secretPlan(environment, dockerAddressing(environment));
          const secrets = await makeSecrets(plan, await context.secretStore(directory), environment.name, context.now);
          context.terminal.err(renderProblems(secrets.problems));
          const { made, renewed, kept } = secrets;
          if (options.output === 'json') context.terminal.out(`${JSON.stringify({ directory, made, renewed, kept }, undefined, 2)}\n`);
          else context.terminal.out(secretsText(target.id, directory, secrets));
          return 0;
        });
      }),
    );
}
