import { Argument, Command } from 'commander';
import type { OwnedKind } from '../../../lib/converge';
import { type ClusterOptions, onCluster, withClusterOptions } from '../cluster-session';
import { oneEnvironment } from '../one-environment';
import type { Run } from '../options';

const words: Readonly<Record<OwnedKind, { readonly names: string; readonly example: string }>> = {
  topics: { names: 'topics', example: 'orders payments-*' },
  users: { names: 'accounts', example: 'orders-app' },
  acls: { names: 'principals, such as User:orders-app', example: 'User:orders-app' },
  quotas: { names: 'subjects, such as user=orders-app', example: 'user=orders-app' },
  schemas: { names: 'subjects of the schema registry', example: 'orders-value' },
  connectors: { names: 'connectors', example: 'orders-archive' },
};

/** `kafkon topics <environment> adopt|release <name…>`, and the same for users, ACLs and quotas: what the convergence may change. */
export function ownedCommand(kind: OwnedKind): (run: Run) => Command {
  const { names, example } = words[kind];
  return (run) =>
    withClusterOptions(new Command(kind))
      .summary(`take ${kind} of a running cluster as owned, or give them up`)
      .description(
        `adopt lets later runs change ${kind} that are declared and were there before; release lets them be. The ${kind} themselves stay as they are.`,
      )
      .argument('<environment>', 'id (tda/production) or file')
      .addArgument(new Argument('<action>', 'what to do').choices(['adopt', 'release']))
      .argument('<names...>', `${names}; an ending * makes a prefix`)
      .addHelpText(
        'after',
        `\nExamples:\n  kafkon ${kind} tda/production adopt ${example}\n\nExit status: 0 done, 1 a name that nothing bears, 2 wrong usage.`,
      )
      .action((name: string, action: 'adopt' | 'release', given: readonly string[], options: ClusterOptions) =>
        run(async (context) => {
          const target = oneEnvironment(context, name, options);
          if (target === undefined) return 1;
          return onCluster(context, target, options, async ({ desired, ports }) => {
            const { changeOwnership, readLive } = await import('../../../lib/converge/index.js');
            // Refuses another cluster and an account that sees nothing.
            await readLive(desired, ports);
            const { changed, unmatched } = await changeOwnership(desired, ports, { kind, action, names: given });
            context.terminal.out(changed.map((each) => `${action === 'adopt' ? 'adopted' : 'released'} ${each}\n`).join(''));
            for (const each of unmatched)
              context.terminal.err(`error: ${each} is ${action === 'adopt' ? 'not both declared and there' : 'not owned'}\n`);
            return unmatched.length === 0 ? 0 : 1;
          });
        }),
      );
}
