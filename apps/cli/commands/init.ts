import { Command, Option } from 'commander';
import { renderProblems } from '../../../lib/environment';
import { type Kind, kinds } from '../../../lib/model';
import { type Context, UsageError } from '../context';
import { draftEnvironment } from '../draft-environment';
import { directoryOption, type Run } from '../options';

interface Options {
  readonly environments: string;
  readonly template?: Kind;
  readonly name?: string;
  readonly description?: string;
}

/** `kafkon init <environment>`: a new environment from a template, checked before it is written. */
export function initCommand(run: Run): Command {
  return new Command('init')
    .summary('make an environment from a template')
    .description(
      'Makes an environment file from a template, with a free name, free ports and a fresh cluster id. What is not given is asked for.',
    )
    .argument('[environment]', 'the id to be, such as orders/production')
    .addOption(new Option('--template <kind>', 'what to begin with').choices(kinds))
    .option('--name <name>', 'the name of the cluster; default: the id with hyphens')
    .option('--description <text>', 'what it is for')
    .addOption(directoryOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon init\n  kafkon init orders/development --template development\n\nExit status: 0 written, 1 refused and nothing written, 2 wrong usage.',
    )
    .action((id: string | undefined, options: Options) =>
      run(async (context) => {
        const answers = await complete(context, id, options);
        const draft = draftEnvironment(context, { ...answers, directory: options.environments, description: options.description });
        if ('refusal' in draft) throw new UsageError(draft.refusal);
        context.terminal.err(renderProblems(draft.problems));
        if (draft.problems.some(({ severity }) => severity === 'error')) return 1;
        if (!context.writer.createFile(draft.file, draft.text)) throw new UsageError(`${draft.file} is there already; choose another id`);
        context.terminal.out(`${draft.file} written\nnext: kafkon synth ${answers.id}\n`);
        return 0;
      }),
    );
}

const idPattern = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/;

function idProblem(id: string): string | undefined {
  return idPattern.test(id)
    ? undefined
    : `${JSON.stringify(id)} is no id; use lower-case letters, digits and hyphens, with / between folders`;
}

async function complete(
  context: Context,
  id: string | undefined,
  options: Options,
): Promise<{ id: string; template: Kind; name?: string | undefined }> {
  const missing = [...(id === undefined ? ['an id'] : []), ...(options.template === undefined ? ['--template'] : [])];
  if (missing.length > 0 && !context.terminal.interactive)
    throw new UsageError(`init needs ${missing.join(' and ')} where nobody can be asked`);
  const template =
    options.template ?? (await context.prompter.choose<Kind>({ message: 'What is it for?', options: kinds, initial: 'development' }));
  const chosen = id ?? (await context.prompter.text({ message: 'Its id', initial: `my-cluster/${template}`, validate: idProblem }));
  const problem = idProblem(chosen);
  if (problem !== undefined) throw new UsageError(problem);
  return { id: chosen, template, name: options.name };
}
