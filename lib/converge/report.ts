import type { Note } from './findings';
import type { ApplyResult, StepOutcome } from './outcome';
import type { Plan } from './plan';
import type { Step } from './step';
import { stepText } from './step-text';

/** How a plan or a result is printed. */
export type ReportForm = 'text' | 'json' | 'markdown';

/** More lines of details than this are counted instead. */
const detailLimit = 20;

/** A plan for a person, a program or a pull request. Ends in a newline; holds no secret. */
export function renderPlan(plan: Plan, form: ReportForm = 'text'): string {
  if (form === 'json') return `${JSON.stringify(plan, undefined, 2)}\n`;
  return form === 'markdown' ? markdown(plan) : planText(plan);
}

function planText(plan: Plan): string {
  const lines = [`${plan.environment} on cluster ${plan.clusterId}: ${summary(plan)}`];
  if (plan.steps.length > 0) lines.push('', ...plan.steps.flatMap(stepLines));
  if (plan.notes.length > 0) lines.push('', ...plan.notes.map(noteLine));
  if (!plan.pinned) lines.push('', pinHint(plan));
  return `${lines.join('\n')}\n`;
}

function summary({ steps }: Plan): string {
  const refused = steps.filter(({ kind }) => kind === 'refuse').length;
  const count = steps.length - refused;
  const doing = count === 0 ? 'nothing to do' : `${count} ${count === 1 ? 'step' : 'steps'}`;
  return refused === 0 ? doing : `${doing}, ${refused} refused`;
}

function stepLines(step: Step): readonly string[] {
  const { sign, subject, change, details } = stepText(step);
  const dangerous = step.class === 'online' || step.class === 'no-op' ? '' : ` [${step.class}]`;
  const more = step.kind === 'refuse' ? [`remedy: ${step.remedy}`] : cut(details);
  const undo = step.class === 'no-op' ? [] : dangerous === '' ? [] : [`undo: ${step.undo.length === 0 ? 'none' : step.undo.join(' && ')}`];
  return [
    `  ${sign} ${subject}: ${change}${dangerous}`,
    ...[...more, ...step.affects.map((affected) => `affects: ${affected}`), ...undo].map((line) => `      ${line}`),
  ];
}

function cut(lines: readonly string[]): readonly string[] {
  return lines.length <= detailLimit ? lines : [...lines.slice(0, detailLimit), `and ${lines.length - detailLimit} more`];
}

function noteLine({ message, code }: Note): string {
  return `  note: ${message} [${code}]`;
}

function pinHint({ kind, clusterId }: Plan): string {
  return kind === 'development'
    ? `  note: the environment does not name its cluster; write clusterId: ${clusterId} [unpinned]`
    : `  the environment does not name its cluster, so that this can't be applied; write clusterId: ${clusterId} [unpinned]`;
}

function markdown(plan: Plan): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = plan.steps.map((step) => {
    const { sign, subject, change, details } = stepText(step);
    const undo = step.undo.length === 0 ? 'none' : step.undo.map((command) => `\`${command}\``).join('<br>');
    const what = step.kind === 'refuse' ? `refused: ${change}; ${details.join('; ')}` : change;
    return `| ${sign} | ${cell(subject)} | ${cell(what)} | ${step.class} | ${cell(step.affects.join('; '))} | ${cell(undo)} |`;
  });
  const table = rows.length === 0 ? [] : ['', '| | what | change | class | affects | undo |', '|---|---|---|---|---|---|', ...rows];
  const notes = plan.notes.length === 0 ? [] : ['', ...plan.notes.map(({ message }) => `- ${message}`)];
  const pin = plan.pinned ? [] : ['', pinHint(plan).trim()];
  return `${[`### ${plan.environment} on cluster \`${plan.clusterId}\`: ${summary(plan)}`, ...table, ...notes, ...pin].join('\n')}\n`;
}

/** What a run did, for a person or a program. Ends in a newline. */
export function renderResult(plan: Plan, result: ApplyResult, form: ReportForm = 'text'): string {
  if (form === 'json') return `${JSON.stringify({ environment: plan.environment, clusterId: plan.clusterId, ...result }, undefined, 2)}\n`;
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const lines = result.outcomes.map((outcome) => outcomeLine(steps.get(outcome.id), outcome));
  const done = result.outcomes.filter(({ status }) => status === 'done').length;
  const verdicts = {
    'nothing-to-do': 'nothing to do',
    complete: `all ${done} done`,
    partial: `${done} of ${result.outcomes.length} done`,
    interrupted: `broken off after ${done} of ${result.outcomes.length}: ${result.interruption}; run again to finish`,
  };
  const title = `${plan.environment} on cluster ${plan.clusterId}: ${verdicts[result.status]}`;
  return `${[...(form === 'markdown' ? [`### ${title}`, ''] : []), ...lines.map((line) => (form === 'markdown' ? `- ${line.trim()}` : line)), ...(form === 'markdown' ? [] : [title])].join('\n')}\n`;
}

function outcomeLine(step: Step | undefined, { id, status, reason, message }: StepOutcome): string {
  const text = step === undefined ? undefined : stepText(step);
  const what = text === undefined ? id : `${text.subject}: ${text.change}`;
  return status === 'done' ? `  done ${what}` : `  ${status} ${what}: ${message} [${reason}]`;
}
