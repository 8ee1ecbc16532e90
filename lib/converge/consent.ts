import { dangerousClasses, type Step, type StepClass } from './step';

/** What somebody agrees to. */
export interface Consent {
  /** Dangerous classes. @default none */
  readonly allow?: readonly StepClass[];
  /** Protected topics that may be emptied, deleted or reshaped, each by its name. @default none */
  readonly protectedTopics?: readonly string[];
  /** Asks a person about one step that has no consent yet. @default - nobody is asked */
  readonly ask?: (step: Step, missing: string) => Promise<boolean>;
}

/** Whether a step may be done: undefined when it may, else the consent that is missing, as one would give it on the command line. */
export async function missingConsent(step: Step, { allow = [], protectedTopics = [], ask }: Consent): Promise<string | undefined> {
  if (!dangerousClasses.includes(step.class)) return undefined;
  const missing = [
    ...(allow.includes(step.class) ? [] : [`--allow ${step.class}`]),
    ...('protected' in step && step.protected && !protectedTopics.includes(step.topic) ? [`--allow-protected ${step.topic}`] : []),
  ].join(' ');
  if (missing === '') return undefined;
  return (await ask?.(step, missing)) === true ? undefined : missing;
}
