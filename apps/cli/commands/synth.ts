import { Command, Option } from 'commander';
import { problemsJson, renderProblems } from '../../../lib/environment';
import { declaredPlatforms, type Platform, platforms } from '../../../lib/model';
import { judge } from '../judge';
import { directoryOption, outputOption, type Run } from '../options';
import { type PlatformFiles, platformFiles } from '../platform-files';
import { select } from '../select';
import { writing } from '../writing';

interface Options {
  readonly environments: string;
  readonly output: 'text' | 'json';
  readonly outdir: string;
  readonly platform?: Platform;
}

/** What is written for one environment on one platform. */
interface Output extends PlatformFiles {
  readonly environment: string;
  readonly platform: Platform;
  readonly directory: string;
}

/** `kafkon synth [environment…]`: what every environment needs on its platforms, or nothing when anything is wrong. */
export function synthCommand(run: Run): Command {
  return new Command('synth')
    .summary('write manifests and Terraform of environments')
    .description(
      'Writes what a platform needs to run each environment: manifests for Kubernetes, Terraform for Docker. Nothing is written when any environment has an error.',
    )
    .argument('[environment...]', 'ids (tda/production), files or folders; default: all')
    .addOption(
      new Option('--platform <platform>', 'for which platform; default: those that an environment says anything about').choices(platforms),
    )
    .option('--outdir <directory>', 'where to write', 'dist')
    .addOption(directoryOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon synth\n  kafkon synth tda/production\n  kafkon synth --platform docker\n  kubectl apply -k dist/kubernetes/tda/production\n  terraform -chdir=dist/docker/tda/development apply\n\nExit status: 0 written, 1 errors and nothing written, 2 wrong usage.',
    )
    .action((names: string[], options: Options) =>
      run(async (context) => {
        const asked = options.platform === undefined ? {} : { platforms: [options.platform] };
        const judged = judge(select(context, names, { directory: options.environments, expired: 'warn', ...asked }));
        if (options.output === 'text')
          context.terminal.err(renderProblems(judged.problems.filter(({ severity }) => severity !== 'notice')));
        if (judged.failed) {
          if (options.output === 'json')
            context.terminal.out(`${JSON.stringify({ written: [], ...problemsJson(judged.problems) }, undefined, 2)}\n`);
          return 1;
        }
        const outputs: Output[] = [];
        const writes = writing();
        for (const { id, environment } of judged.loaded) {
          if (environment === undefined) continue;
          for (const platform of asked.platforms ?? declaredPlatforms(environment)) {
            const directory = `${options.outdir}/${platform}/${id}`;
            const output = { ...(await platformFiles(platform, environment)), environment: id, platform, directory };
            outputs.push(output);
            await writes.begin(() => output.write(context.writer, directory));
          }
        }
        await writes.end();
        if (options.output === 'json') {
          const written = outputs.map(({ environment, platform, directory, files }) => ({
            environment,
            platform,
            directory,
            files: [...files.keys()],
          }));
          context.terminal.out(`${JSON.stringify({ written, ...problemsJson(judged.problems) }, undefined, 2)}\n`);
        } else {
          for (const { directory, files } of outputs)
            context.terminal.out(`${directory}: ${files.size} ${files.size === 1 ? 'file' : 'files'}\n`);
        }
        return 0;
      }),
    );
}
