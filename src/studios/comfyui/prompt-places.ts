import { linkIn, valueAt, type ApiWorkflow, type Place } from './api-workflow.ts';
import { isLiteral, literalBehind } from './workflow-links.ts';

/** What is wanted, and what is not to be seen, as samplers call their inputs for them. */
type Side = 'positive' | 'negative';

/** Inputs that hold the words themselves; several of a node are for its several encoders. */
const textInputs = [
  'prompt',
  'text',
  'text_g',
  'text_l',
  'clip_l',
  't5xxl',
  'llama',
  'string',
  'value',
];

/** Inputs over which what became of the words comes to a node. */
const conditioningInputs =
  /^(conditioning(_\w+)?|cond|guider|\w*embeds|conditioning_to|conditioning_from)$/i;

/**
 * Where the prompt goes, as the workflow is wired: what comes to the input for what is wanted of the
 * nodes that draw is followed back to the words. None where it leads to several, which only the
 * writer can tell apart.
 *
 * @param others places that are known to be for something else
 */
export function promptPlaces(workflow: ApiWorkflow, others: readonly Place[]): readonly Place[] {
  for (const find of [fromSamplers, fromOtherInputs, theOnlyText]) {
    const found = without(find(workflow, 'positive'), others);
    if (found.length > 0) return meantAsOne(workflow, found);
  }
  return [];
}

/** The same for what is not to be seen. Where that is made of the prompt there is no place for it. */
export function negativePlaces(workflow: ApiWorkflow, prompt: readonly Place[]): readonly Place[] {
  return meantAsOne(workflow, without(fromSamplers(workflow, 'negative'), prompt));
}

/** Places of one node or of one text; of several, none. */
function meantAsOne(workflow: ApiWorkflow, found: readonly Place[]): readonly Place[] {
  const isOneNode = found.every(({ node }) => node === found[0]?.node);
  const isOneText = new Set(found.map((place) => valueAt(workflow, place))).size === 1;
  return isOneNode || isOneText ? found : [];
}

/** From the inputs that are called so, or hold such words themselves. */
function fromSamplers(workflow: ApiWorkflow, side: Side): readonly Place[] {
  return [...workflow].flatMap(([node, { inputs }]) => [
    ...textsAt(workflow, node, [`${side}_prompt`]),
    ...(linkIn(inputs[side]) === undefined ? [] : traced(workflow, { node, input: side }, side)),
  ]);
}

/** Where nothing is called so: from whatever is conditioned. */
function fromOtherInputs(workflow: ApiWorkflow, side: Side): readonly Place[] {
  return [...workflow].flatMap(([node, { inputs }]) =>
    Object.keys(inputs)
      .filter((input) => conditioningInputs.test(input) && linkIn(inputs[input]) !== undefined)
      .flatMap((input) => traced(workflow, { node, input }, side)),
  );
}

/** Where nothing is wired that way: the only text that is called one. */
function theOnlyText(workflow: ApiWorkflow): readonly Place[] {
  return [...workflow].flatMap(([node, { classType, title }]) =>
    /text|prompt|video/i.test(classType) && !/negative/i.test(title)
      ? textsAt(workflow, node, ['prompt', 'text'])
      : [],
  );
}

/** The words at the beginning of what comes to an input. */
function traced(workflow: ApiWorkflow, from: Place, side: Side): readonly Place[] {
  const found: Place[] = [];
  const seen = new Set<string>();
  const open = [from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const link = linkIn(valueAt(workflow, place));
    const node = link === undefined ? undefined : workflow.get(link.node);
    if (link === undefined || node === undefined) continue;
    const key = `${link.node}:${link.output}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const texts = textsAt(workflow, link.node, [`${side}_prompt`, ...textInputs]);
    if (texts.length > 0) {
      found.push(...texts);
      continue;
    }
    const { inputs } = node;
    // What goes through both sides comes out again as both: the first is what is wanted.
    const isBoth = inputs.positive !== undefined && inputs.negative !== undefined;
    const names = isBoth
      ? [link.output === 1 ? 'negative' : 'positive']
      : Object.keys(inputs).filter((name) => name === side || conditioningInputs.test(name));
    open.push(...names.map((input) => ({ node: link.node, input })));
  }
  return found;
}

/** Where the words are that a node has in inputs of these names. */
function textsAt(workflow: ApiWorkflow, node: string, names: readonly string[]): readonly Place[] {
  const inputs = workflow.get(node)?.inputs ?? {};
  return names.flatMap((input) => {
    const value = Object.hasOwn(inputs, input) ? inputs[input] : undefined;
    const isText = isLiteral(value, 'string') || linkIn(value) !== undefined;
    return isText ? (literalBehind(workflow, { node, input }, 'string') ?? []) : [];
  });
}

/** Each once, and none that is for something else. */
function without(places: readonly Place[], others: readonly Place[]): readonly Place[] {
  return places.filter(
    (place, i) =>
      places.findIndex((one) => isSame(one, place)) === i &&
      !others.some((one) => isSame(one, place)),
  );
}

function isSame(a: Place, b: Place): boolean {
  return a.node === b.node && a.input === b.input;
}
