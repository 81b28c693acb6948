import { linkIn, valueAt, type ApiWorkflow, type Place } from './api-workflow.ts';

/** Of what type the value of an input has to be. */
export type Literal = 'string' | 'number';

/** What nodes that do nothing but hold a value call it. */
const heldValues: Readonly<Record<Literal, readonly string[]>> = {
  number: ['value', 'int', 'float', 'number', 'seed', 'noise_seed'],
  string: ['value', 'string', 'text', 'prompt'],
};

/** Values are handed on over so many nodes at most. */
const mostHops = 16;

/**
 * Where the value of an input is really written: in the node itself, or in one that it is linked to and
 * that does nothing but hold it. Absent where the workflow works it out, or it is of another type.
 */
export function literalBehind(
  workflow: ApiWorkflow,
  place: Place,
  type: Literal,
): Place | undefined {
  let found = place;
  for (let hop = 0; hop < mostHops; hop++) {
    const value = valueAt(workflow, found);
    if (isLiteral(value, type)) return found;
    const link = linkIn(value);
    const holder = link === undefined ? undefined : workflow.get(link.node);
    if (link === undefined || holder === undefined) return undefined;
    const names = heldValues[type].filter((name) => Object.hasOwn(holder.inputs, name));
    const links = Object.values(holder.inputs).filter((input) => linkIn(input) !== undefined);
    const [input] = names;
    // What is made of several things is worked out there.
    if (input === undefined || links.length > 1) return undefined;
    found = { node: link.node, input };
    if (links.length === 1 && linkIn(valueAt(workflow, found)) === undefined) return undefined;
  }
  return undefined;
}

export function isLiteral(value: unknown, type: Literal): boolean {
  return type === 'number' ? typeof value === 'number' : typeof value === 'string';
}

/** How many nodes come before each on the longest way to it; nodes in a circle count once. */
export function depthsOf(workflow: ApiWorkflow): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const begun = new Set<string>();
  for (const root of workflow.keys()) {
    // A stack of our own: a stranger's workflow may be as deep as it is long.
    const stack = [root];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const before = sourcesOf(workflow, id);
      const isNew = !begun.has(id);
      begun.add(id);
      const open = isNew ? before.filter((source) => !begun.has(source)) : [];
      if (open.length > 0) {
        stack.push(...open);
        continue;
      }
      stack.pop();
      depths.set(id, 1 + Math.max(-1, ...before.map((source) => depths.get(source) ?? -1)));
    }
  }
  return depths;
}

function sourcesOf(workflow: ApiWorkflow, id: string): readonly string[] {
  return Object.values(workflow.get(id)?.inputs ?? {}).flatMap((value) => {
    const link = linkIn(value);
    return link !== undefined && workflow.has(link.node) ? link.node : [];
  });
}

/** The inputs that take their value from one place: itself, and what the node's value is linked to. */
export function takersOf(workflow: ApiWorkflow, place: Place): readonly Place[] {
  const linked = [...workflow].flatMap(([node, { inputs }]) =>
    Object.entries(inputs)
      .filter(([, value]) => linkIn(value)?.node === place.node)
      .map(([input]) => ({ node, input })),
  );
  return [place, ...linked];
}
