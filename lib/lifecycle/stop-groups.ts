/** What is asked of a node to find out who has to stop with whom. */
export interface Voter {
  readonly component: string;
  readonly roles: readonly string[];
}

/** Parts `order` into those that stop one by one and the controllers that stop together; `all` tells how many make a majority. */
export function stopGroups<Node extends Voter>(order: readonly Node[], all: readonly Voter[]): readonly (readonly Node[])[] {
  const votes = ({ component, roles }: Voter) => component === 'kafka' && roles.includes('controller');
  const majority = Math.floor(all.filter(votes).length / 2) + 1;
  let left = order.filter(votes).length;
  const groups: Node[][] = [];
  for (const node of order) {
    const last = groups.at(-1);
    const voter = votes(node);
    // With this one gone, those left would be no majority: it and they go at once.
    if (voter && left < majority && last?.some(votes) === true) last.push(node);
    else groups.push([node]);
    if (voter) left--;
  }
  return groups;
}
