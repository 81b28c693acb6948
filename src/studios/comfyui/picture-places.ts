import {
  linkIn,
  valueAt,
  type ApiWorkflow,
  type Place,
  type WorkflowNode,
} from './api-workflow.ts';
import type { PictureKey } from './binding-keys.ts';
import { isLiteral } from './workflow-links.ts';

/** What the nodes that draw clips call their inputs for pictures. */
const takingInputs: Readonly<Record<PictureKey, RegExp>> = {
  firstFrame: /^(?:start|first|init|initial)_?(?:frame|image|img)$/i,
  lastFrame: /^(?:end|last|final|tail)_?(?:frame|image|img)$/i,
  references: /^(?:reference|ref|subject|character)_?(?:image|img)s?(?:_?\d+)?$/i,
};

/** Nodes that make a clip of a picture whatever they call it. */
const fromImage = /i2v|(?:image|img)_?(?:to|2)_?vid/i;

/** Inputs over which a picture comes to a node that scales, crops or joins it. */
const handedOn = /^(?:image|images|pixels|image_?\d+)$/i;

/**
 * Where the names of picture files go, as the workflow is wired: what comes to an input for a picture is
 * followed back to the node that loads it. A node that would be for two things is for the first.
 */
export function picturePlaces(
  workflow: ApiWorkflow,
): Readonly<Record<PictureKey, readonly Place[]>> {
  const taken = new Set<string>();
  const placesOf = (key: PictureKey): readonly Place[] =>
    [...workflow]
      .flatMap(([node, { classType, inputs }]) =>
        Object.keys(inputs)
          .filter((input) => isFor(key, input, classType))
          .flatMap((input) => loadersBehind(workflow, { node, input })),
      )
      .filter(({ node }) => !taken.has(node) && taken.add(node));
  return {
    firstFrame: placesOf('firstFrame'),
    lastFrame: placesOf('lastFrame'),
    references: placesOf('references'),
  };
}

/** Where the names of all picture files go, masks apart, in the order of the nodes. */
export function loadedPictures(workflow: ApiWorkflow): readonly Place[] {
  return [...workflow].flatMap(([node, one]) =>
    isLoader(one) && !/mask/i.test(one.classType) ? [{ node, input: 'image' }] : [],
  );
}

function isLoader({ classType, inputs }: WorkflowNode): boolean {
  return /load.*image/i.test(classType) && isLiteral(inputs.image, 'string');
}

function isFor(key: PictureKey, input: string, classType: string): boolean {
  if (takingInputs[key].test(input)) return true;
  return key === 'firstFrame' && input === 'image' && fromImage.test(classType);
}

function loadersBehind(workflow: ApiWorkflow, from: Place): readonly Place[] {
  const found: Place[] = [];
  const seen = new Set<string>();
  const open = [from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const link = linkIn(valueAt(workflow, place));
    const node = link === undefined ? undefined : workflow.get(link.node);
    if (link === undefined || node === undefined || seen.has(link.node)) continue;
    seen.add(link.node);
    if (isLoader(node)) {
      found.push({ node: link.node, input: 'image' });
      continue;
    }
    const inputs = Object.keys(node.inputs).filter((input) => handedOn.test(input));
    // The first of them first.
    open.push(...inputs.toReversed().map((input) => ({ node: link.node, input })));
  }
  return found;
}
