import type { Command } from 'commander';

/** The words after which the completion library is loaded: one prints a script for the shell, the script calls the other. */
export const completionWords: readonly (string | undefined)[] = ['completion', 'complete'];

/** What the help shows without loading the library. */
export function describeCompletion(root: Command): void {
  root
    .command('completion')
    .argument('<shell>', 'bash, zsh, fish or powershell')
    .description('print a script that completes commands and environments');
}

/** Adds `completion <shell>`, and answers the script's questions with commands, options and `environments`. */
export async function addCompletion(root: Command, environments: () => readonly string[]): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  const completion = tab(root, { completionCommandName: 'completion' });
  for (const command of completion.commands.values()) {
    for (const argument of command.arguments.values()) {
      if (argument.name !== 'environment') continue;
      argument.handler = (complete) => {
        for (const id of environments()) complete(id, '');
      };
    }
  }
}
