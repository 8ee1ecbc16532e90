import { formatPath, type Problem } from '../model';
import { formatPosition } from './located';
import type { Provenance } from './provenance';

/** Problems about the key itself, not about what it holds. */
const aboutKeys = ['schema/unknown-key', 'schema/invalid-key', 'secret/literal'];

/** Gives every problem that has only a path the place in a file that it is about. */
export function locateProblems(problems: readonly Problem[], provenance: Provenance): Problem[] {
  return problems.map((problem) => {
    if (problem.position !== undefined) return problem;
    const position = aboutKeys.includes(problem.code) ? provenance.keyPositionOf(problem.path) : provenance.positionOf(problem.path);
    return { ...problem, position };
  });
}

/**
 * One mistake in `defaults` shows in every topic. Problems of one code and place whose words differ in the topic alone become one,
 * which names the first topic and counts the others.
 */
export function collapseProblems(problems: readonly Problem[]): Problem[] {
  const groups = new Map<string, [Problem, ...Problem[]]>();
  for (const problem of problems) {
    const group = groups.get(sameMistake(problem));
    if (group === undefined) groups.set(sameMistake(problem), [problem]);
    else group.push(problem);
  }
  return [...groups.values()].map(([first, ...others]) => {
    const topics = new Set(others.map(topicOf).filter((topic) => topic !== undefined && topic !== topicOf(first)));
    if (topics.size === 0) return first;
    return { ...first, message: `${first.message}; the same for ${topics.size} other ${topics.size === 1 ? 'topic' : 'topics'}` };
  });
}

function topicOf(problem: Problem): string | undefined {
  const [section, topic] = problem.path;
  return section === 'topics' && topic !== undefined ? String(topic) : undefined;
}

function sameMistake(problem: Problem): string {
  const place = problem.position === undefined ? '' : formatPosition(problem.position);
  const topic = topicOf(problem);
  const path = formatPath(topic === undefined ? problem.path : ['topics', '*', ...problem.path.slice(2)]);
  const message = topic === undefined ? problem.message : problem.message.replaceAll(topic, '*');
  return JSON.stringify([problem.code, place, path, message]);
}
