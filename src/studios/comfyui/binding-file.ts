import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { parsedJson } from '../../base/parsed-json.ts';
import { field } from '../answer.ts';
import type { ApiWorkflow, Place } from './api-workflow.ts';
import { placeKeys, type Bindings, type PlaceKey } from './binding-keys.ts';

/** A place as the file has it: a node by its title, class or id, whichever is enough. */
interface NamedPlace {
  readonly node: string;
  readonly input: string;
}

const numberKeys = ['fps', 'frameStep', 'longest'] as const;
const keys: readonly string[] = [...placeKeys, ...numberKeys, 'output'];

/** What a file of bindings is called: `wan.bindings.json` beside `wan.json`. */
export function bindingFileOf(workflow: string): string {
  return workflow.replace(/(\.json)?$/i, '.bindings.json');
}

export function isBindingFile(file: string): boolean {
  return /\.bindings\.json$/i.test(file);
}

/** The file as it is first written: all that was inferred, for the writer to correct. */
export function bindingText(workflow: ApiWorkflow, bindings: Bindings): string {
  const { places, fps, frameStep, longest, output } = bindings;
  const named = placeKeys.map((key) => [
    key,
    places[key].map(({ node, input }) => ({ node: nameOf(workflow, node), input })),
  ]);
  const rest = defined({
    fps,
    frameStep,
    longest,
    output: output === undefined ? undefined : nameOf(workflow, output),
  });
  return `${JSON.stringify({ ...Object.fromEntries(named), ...rest }, undefined, 2)}\n`;
}

/**
 * What holds: what the file says, and for what it leaves out what was inferred. An empty list says
 * that the workflow keeps its own.
 *
 * @param file as the writer knows it
 * @throws ScenewrightError `bad-input` where it says what cannot be
 */
export function withBindingFile(
  workflow: ApiWorkflow,
  inferred: Bindings,
  text: string,
  file: string,
): Bindings {
  const json = parsedJson(text.replace(/^\uFEFF/, ''));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw wrong(file, t('It is not JSON.'));
  }
  const strange = Object.keys(json).find((key) => !keys.includes(key));
  if (strange !== undefined) {
    throw wrong(file, t('There is no “{0}”, only {1}.', strange, listed(keys)));
  }
  const places = Object.fromEntries(
    placeKeys.map((key) => {
      const told = field(json, key);
      return [key, told === undefined ? inferred.places[key] : placesOf(workflow, key, told, file)];
    }),
  ) as Record<PlaceKey, readonly Place[]>;
  const [fps, frameStep, longest] = numberKeys.map((key) => numberOf(key, field(json, key), file));
  const output = field(json, 'output');
  if (output !== undefined && typeof output !== 'string') {
    throw wrong(file, t('“{0}” has to be the title, class or id of a node.', 'output'));
  }
  return {
    ...inferred,
    places,
    ...defined({ fps, frameStep, longest }),
    ...(output === undefined ? {} : { output: nodeNamed(workflow, output, file) }),
  };
}

function placesOf(
  workflow: ApiWorkflow,
  key: PlaceKey,
  told: unknown,
  file: string,
): readonly Place[] {
  const list: readonly unknown[] = Array.isArray(told) ? told : [told];
  return list.map((one) => {
    if (!isNamedPlace(one)) {
      throw wrong(
        file,
        t('“{0}” has to be a list of places, such as {1}.', key, '{ "node": "…", "input": "…" }'),
      );
    }
    const node = nodeNamed(workflow, one.node, file);
    if (!Object.hasOwn(workflow.get(node)?.inputs ?? {}, one.input)) {
      throw wrong(file, t('The node “{0}” has no input “{1}”.', one.node, one.input));
    }
    return { node, input: one.input };
  });
}

function isNamedPlace(value: unknown): value is NamedPlace {
  return typeof field(value, 'node') === 'string' && typeof field(value, 'input') === 'string';
}

function numberOf(key: string, value: unknown, file: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value > 0 && value <= 10_000) return value;
  throw wrong(file, t('“{0}” has to be a number above 0.', key));
}

/** The one node that is called so: by title, else by class, else by id. */
function nodeNamed(workflow: ApiWorkflow, name: string, file: string): string {
  const found = findNode(workflow, name);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  throw wrong(
    file,
    found.length === 0
      ? t('The workflow has no node “{0}”.', name)
      : t('The workflow has several nodes “{0}”: give the one that is meant another title.', name),
  );
}

function findNode(workflow: ApiWorkflow, name: string): readonly string[] {
  const nodes = [...workflow];
  const titled = nodes.filter(([, { title }]) => title === name);
  const classed = nodes.filter(([, { classType }]) => classType === name);
  const [found = []] = [titled, classed].filter(({ length }) => length > 0);
  if (found.length !== 1 && workflow.has(name)) return [name];
  return found.map(([id]) => id);
}

/** What a node can be told by. */
function nameOf(workflow: ApiWorkflow, id: string): string {
  const { title = id, classType = id } = workflow.get(id) ?? {};
  const isEnough = (name: string): boolean => {
    const found = findNode(workflow, name);
    return found.length === 1 && found[0] === id;
  };
  return [title, classType].find(isEnough) ?? id;
}

function wrong(file: string, what: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('{0} cannot be used: {1} Nothing was sent.', file, what),
    {
      advice: t('Correct it, or delete it to have everything inferred from the workflow.'),
    },
  );
}
