import { Command } from 'commander';
import { problemsJson, renderProblems } from '../../../lib/environment';
import { type Judgement, judge } from '../judge';
import { directoryOption, outputOption, type Run } from '../options';
import { select } from '../select';

interface Options {
  readonly environments: string;
  readonly output: 'text' | 'json';
}

/** `kafkon validate [environment…]`: every problem of every environment, all at once. */
export function validateCommand(run: Run): Command {
  return new Command('validate')
    .summary('check environments and report every problem at once')
    .description('Checks environments: what is written, what follows from it, and whether they get along with each other.')
    .argument('[environment...]', 'ids (tda/production), files or folders; default: all')
    .addOption(directoryOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon validate\n  kafkon validate tda/production llm-analytics\n  kafkon validate -o json | jq .problems\n\nExit status: 0 no errors, 1 errors, 2 wrong usage.',
    )
    .action((names: string[], options: Options) =>
      run(async (context) => {
        const judged = judge(select(context, names, { directory: options.environments }));
        if (options.output === 'json') {
          context.terminal.out(
            `${JSON.stringify({ environments: judged.loaded.map(({ id }) => id), ...problemsJson(judged.problems) }, undefined, 2)}\n`,
          );
        } else {
          context.terminal.err(renderProblems(judged.problems));
          if (!judged.failed) context.terminal.out(`${verdict(judged)}\n`);
        }
        return judged.failed ? 1 : 0;
      }),
    );
}

function verdict({ loaded }: Judgement): string {
  return loaded.length === 1 ? `${loaded[0]?.id} is valid` : `${loaded.length} environments are valid`;
}
