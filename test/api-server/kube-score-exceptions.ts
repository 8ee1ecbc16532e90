import type { Score } from '../support/api-server/server';

/** A complaint of kube-score that we live with. */
export interface ScoreException {
  /** The check's id. */
  readonly check: string;
  /** Which objects, `Kind/namespace/name`. */
  readonly object: RegExp;
  /** Which of the check's complaints. */
  readonly comment: RegExp;
  readonly reason: string;
}

/** Everything that kube-score objects to and that stays, each with its reason. What no environment shows any more is taken out. */
const scoreExceptions: readonly ScoreException[] = [
  {
    check: 'container-image-pull-policy',
    object: /^(StatefulSet|Deployment|Job|CronJob)\//,
    comment: /ImagePullPolicy is not set to Always/,
    reason: 'tags are pinned, and a registry that is away must not keep a broker from starting again',
  },
  {
    check: 'container-resources',
    object: /^(StatefulSet|Deployment|Job|CronJob)\//,
    comment: /CPU limit is not set/,
    reason: 'a throttled broker drops out of its in-sync replicas; a limit is set where the environment asks for one',
  },
  {
    check: 'container-security-context-user-group-id',
    object: /^(StatefulSet|Deployment|Job|CronJob)\//,
    comment: /low (user|group) ID/,
    reason: "the images' own users are below 10000, and their files belong to them",
  },
  {
    check: 'deployment-replicas',
    object: /^Deployment\//,
    comment: /few replicas/,
    reason: 'how many instances of a companion run is what the environment says',
  },
  {
    check: 'service-targets-pod',
    object: /^Service\/.*-\d+$/,
    comment: /selector does not match any pods/,
    reason: "the Service of one broker selects its pod by the name that the StatefulSet's controller puts on it",
  },
];

/** The complaints that no exception covers, one line each. */
export function unexplained(scores: readonly Score[], exceptions: readonly ScoreException[] = scoreExceptions): readonly string[] {
  return scores.flatMap(({ object, check, comments }) =>
    comments
      .filter((comment) => !exceptions.some((each) => each.check === check && each.object.test(object) && each.comment.test(comment)))
      .map((comment) => `${object} ${check}: ${comment}`),
  );
}

/** The exceptions that cover no complaint. */
export function idle(scores: readonly Score[], exceptions: readonly ScoreException[] = scoreExceptions): readonly ScoreException[] {
  return exceptions.filter(
    (each) =>
      !scores.some(
        ({ object, check, comments }) =>
          check === each.check && each.object.test(object) && comments.some((comment) => each.comment.test(comment)),
      ),
  );
}
