import { Command, Option } from 'commander';
import { problemsJson, renderProblems } from '../../../lib/environment';
import { judge } from '../judge';
import { directoryOption, outputOption, type Run } from '../options';
import { select } from '../select';

interface Options {
  readonly environments: string;
  readonly output: 'text' | 'json';
  readonly outdir: string;
  readonly platform: 'kubernetes';
}

/** `kafkon synth [environment…]`: manifests for every environment, or none when anything is wrong. */
export function synthCommand(run: Run): Command {
  return new Command('synth')
    .summary('write the manifests of environments')
    .description('Writes what a platform needs to run each environment. Nothing is written when any environment has an error.')
    .argument('[environment...]', 'ids (tda/production), files or folders; default: all')
    .addOption(new Option('--platform <platform>', 'for which platform').choices(['kubernetes']).default('kubernetes'))
    .option('--outdir <directory>', 'where to write', 'dist')
    .addOption(directoryOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon synth\n  kafkon synth tda/production\n  kubectl apply -k dist/kubernetes/tda/production\n\nExit status: 0 written, 1 errors and nothing written, 2 wrong usage.',
    )
    .action((names: string[], options: Options) =>
      run(async (context) => {
        const judged = judge(select(context, names, { directory: options.environments, expired: 'warn', platforms: [options.platform] }));
        if (options.output === 'text')
          context.terminal.err(renderProblems(judged.problems.filter(({ severity }) => severity !== 'notice')));
        if (judged.failed) {
          if (options.output === 'json')
            context.terminal.out(`${JSON.stringify({ written: [], ...problemsJson(judged.problems) }, undefined, 2)}\n`);
          return 1;
        }
        // Loaded only now: cdk8s costs more than all the rest, and an invalid environment does not need it.
        const { manifestsOf } = await import('../../../lib/kubernetes/index.js');
        const outputs = judged.loaded.flatMap(({ id, environment }) =>
          environment === undefined
            ? []
            : [{ id, directory: `${options.outdir}/${options.platform}/${id}`, files: manifestsOf(environment) }],
        );
        for (const { directory, files } of outputs) context.writer.replaceDirectory(directory, files);
        if (options.output === 'json') {
          const written = outputs.map(({ id, directory, files }) => ({ environment: id, directory, files: [...files.keys()] }));
          context.terminal.out(`${JSON.stringify({ written, ...problemsJson(judged.problems) }, undefined, 2)}\n`);
        } else {
          for (const { directory, files } of outputs) context.terminal.out(`${directory}: ${files.size} files\n`);
        }
        return 0;
      }),
    );
}
