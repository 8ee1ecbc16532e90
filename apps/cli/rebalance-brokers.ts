import { type Command, InvalidArgumentError } from 'commander';
import type { RebalanceProgress } from '../../lib/converge';
import { type ClusterOptions, onCluster, withConnectionOptions } from './cluster-session';
import { type Context, type ExitCode, UsageError } from './context';
import { oneEnvironment } from './one-environment';
import { outputOption } from './options';

/** What `kafkon brokers <environment> rebalance` takes. */
export interface RebalanceOptions extends ClusterOptions {
  readonly empty: readonly number[];
  readonly plan?: true;
  readonly throttle: number;
  readonly yes?: true;
  readonly output: 'text' | 'json';
}

/** Adds the options of a rebalance to those that the command has. */
export function withRebalanceOptions(command: Command): Command {
  return withConnectionOptions(command)
    .option('--empty <ids>', 'rebalance: brokers that shall hold nothing any more, by their ids', ids, [])
    .option('--plan', 'rebalance: say what would move, and move nothing')
    .option('--throttle <bytes>', 'rebalance: what a broker may send and take while replicas move, bytes a second', bytes, 50_000_000)
    .option('--yes', 'rebalance: do not ask')
    .addOption(outputOption());
}

function ids(text: string, before: readonly number[]): readonly number[] {
  const words = text.split(',').map((word) => word.trim());
  if (!words.every((word) => /^\d+$/.test(word))) throw new InvalidArgumentError('write ids of brokers, separated by commas');
  return [...before, ...words.map(Number)];
}

function bytes(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1000) throw new InvalidArgumentError('write whole bytes a second, 1000 or more');
  return value;
}

/** Shows what would move, asks, and moves it. */
export function rebalanceBrokers(context: Context, name: string, options: RebalanceOptions): Promise<ExitCode> {
  const target = oneEnvironment(context, name, options);
  if (target === undefined) return Promise.resolve(1);
  return onCluster(context, target, options, async ({ desired, ports }) => {
    const { applyRebalance, isBalanced, planRebalance, renderRebalance, renderRebalanceResult } = await import(
      '../../lib/converge/index.js'
    );
    const { output } = options;
    const plan = await planRebalance(desired, ports, { empty: options.empty });
    const refused = plan.refused.length > 0;
    if (options.plan === true || refused || isBalanced(plan)) {
      context.terminal.out(renderRebalance(plan, output));
      return refused ? 1 : 0;
    }
    context.terminal.err(renderRebalance(plan));
    if (!(await agreed(context, options))) return 1;
    const result = await applyRebalance(plan, desired, ports, {
      throttleBytesPerSecond: options.throttle,
      onProgress: teller(context),
    });
    context.terminal.out(renderRebalanceResult(plan, result, output));
    return result.status === 'complete' ? 0 : 1;
  });
}

async function agreed({ terminal, prompter }: Context, { yes }: RebalanceOptions): Promise<boolean> {
  if (yes === true) return true;
  if (!terminal.interactive) throw new UsageError('replicas would move and nobody can be asked; give --yes, or --plan to look only');
  return (await prompter.choose({ message: 'Move them?', options: ['no', 'yes'], initial: 'no' })) === 'yes';
}

/** A line for each change of what is under way, and not for each look at it. */
function teller({ terminal }: Context): (progress: RebalanceProgress) => void {
  let last = '';
  return (progress) => {
    const line = words(progress);
    if (line !== last) terminal.err(`${line}\n`);
    last = line;
  };
}

function words(progress: RebalanceProgress): string {
  switch (progress.doing) {
    case 'moving':
      return `[${progress.done}/${progress.total}] partitions have moved`;
    case 'throttled-by-others':
      return progress.throttles.map((each) => `note: ${each}, which stays so`).join('\n');
    case 'electing':
      return `${progress.count} partitions get their preferred leader`;
  }
}
