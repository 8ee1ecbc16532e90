import { Command } from 'commander';
import { problemsJson, renderProblems } from '../../../lib/environment';
import { UsageError } from '../context';
import { directoryOption, outputOption, type Run } from '../options';
import { select } from '../select';
import { shownEnvironment } from '../shown-environment';

interface Options {
  readonly environments: string;
  readonly output: 'text' | 'json';
}

/** `kafkon show <environment> [section]`: every value, and where it comes from. */
export function showCommand(run: Run): Command {
  return new Command('show')
    .summary('print an environment with the source of every value')
    .description('Prints an environment as it is after merging and with every default, each value with the file and line that set it.')
    .argument('<environment>', 'id (tda/production) or file')
    .argument('[section]', 'a part of it, such as topics.tda_jobs or listeners')
    .addOption(directoryOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon show tda/production\n  kafkon show tda/production topics.tda_jobs\n  kafkon show tda/production -o json | jq .sources\n\nExit status: 0 shown, 1 its values are not understood, 2 wrong usage.',
    )
    .action((name: string, section: string | undefined, options: Options) =>
      run(async (context) => {
        const { loaded } = select(context, [name], { directory: options.environments });
        const [environment, second] = loaded;
        if (environment === undefined || second !== undefined)
          throw new UsageError(`${name} names ${loaded.length} environments; show takes one`);
        const shown = shownEnvironment(environment, section);
        if (shown === undefined) {
          if (options.output === 'json') context.terminal.out(`${JSON.stringify(problemsJson(environment.problems), undefined, 2)}\n`);
          else context.terminal.err(renderProblems(environment.problems));
          return 1;
        }
        if ('sections' in shown)
          throw new UsageError(`${environment.id} has no section ${section}; at its top are ${shown.sections.join(', ')}`);
        context.terminal.out(options.output === 'json' ? `${JSON.stringify(shown.json(), undefined, 2)}\n` : shown.text());
        return 0;
      }),
    );
}
