import { Cancelled, type Prompter } from './context';

/** Questions on the terminal; the library is loaded with the first one. */
export const clackPrompter: Prompter = {
  async text({ message, initial, validate }) {
    const clack = await import('@clack/prompts');
    const answer = await clack.text({
      message,
      ...(initial === undefined ? {} : { initialValue: initial }),
      validate: (value) => validate?.(value ?? ''),
    });
    if (clack.isCancel(answer)) throw new Cancelled();
    return answer;
  },
  async choose({ message, options, initial }) {
    const clack = await import('@clack/prompts');
    const answer = await clack.select<string>({
      message,
      options: options.map((value) => ({ value })),
      ...(initial === undefined ? {} : { initialValue: initial }),
    });
    const chosen = options.find((option) => option === answer);
    if (chosen === undefined) throw new Cancelled();
    return chosen;
  },
};
