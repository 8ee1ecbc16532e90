import type { Stack } from '../../lib/lifecycle';
import { type Context, UsageError } from './context';

/** Says what would be lost and asks; true when the person agrees, or has agreed beforehand. */
export async function confirmed(
  context: Context,
  { cluster, volumes }: Pick<Stack, 'cluster' | 'volumes'>,
  agreed: boolean,
): Promise<boolean> {
  const data = volumes.filter(({ kept }) => kept).map(({ name }) => name);
  if (data.length === 0) return true;
  context.terminal.err(`the data of ${cluster} will be lost for good: every topic, offset and user in ${data.join(', ')}\n`);
  if (agreed) return true;
  if (!context.terminal.interactive) throw new UsageError('data would be lost and nobody can be asked; give --yes');
  const answer = await context.prompter.choose({ message: 'Remove it?', options: ['no', 'yes'], initial: 'no' });
  return answer === 'yes';
}
