import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { alternatives } from '../../base/lists.ts';
import type { ApiWorkflow, Place } from './api-workflow.ts';
import { inputNames, pictureKeys, titleKeys, type TitleKey } from './binding-keys.ts';
import { literalBehind } from './workflow-links.ts';

/** What the titles of nodes say; what none says is absent. */
export interface TitledPlaces {
  readonly places: Readonly<Partial<Record<TitleKey, readonly Place[]>>>;
  /** The node whose video counts. */
  readonly output?: string;
}

const mark = /scenewright:\s*([a-z_]+(?:\s*,\s*[a-z_]+)*)/gi;

/**
 * What the writer says by titles such as `SCENEWRIGHT:prompt` or `SCENEWRIGHT:width,height`.
 *
 * @throws ScenewrightError `bad-input` where a title says something that there is not
 */
export function titledPlaces(workflow: ApiWorkflow, name: string): TitledPlaces {
  const places: Partial<Record<TitleKey, Place[]>> = {};
  let output: string | undefined;
  for (const [node, { title }] of workflow) {
    for (const word of wordsOf(title)) {
      const key = keyNamed(word);
      if (key === undefined) {
        throw new ScenewrightError(
          'bad-input',
          t(
            '{0}: the node “{1}” is marked as “{2}”, which means nothing. Nodes are marked as {3}. Nothing was sent.',
            name,
            title,
            word,
            alternatives(titleKeys.map(titleOf)),
          ),
        );
      }
      if (key === 'output') {
        output = node;
        continue;
      }
      const found = placesIn(workflow, node, key);
      if (found.length === 0) {
        throw new ScenewrightError(
          'bad-input',
          t(
            '{0}: the node “{1}” is marked as “{2}” but has no input for that. Mark another node, or name the input in the file of bindings. Nothing was sent.',
            name,
            title,
            word,
          ),
        );
      }
      (places[key] ??= []).push(...found);
    }
  }
  return { places, ...(output === undefined ? {} : { output }) };
}

/** `first_frame` and `firstframe` are one, and so are one reference and several. */
function keyNamed(word: string): TitleKey | undefined {
  const bare = word.replaceAll('_', '');
  return titleKeys.find((key) => [bare, `${bare}s`].includes(key.toLowerCase()));
}

/** A key as titles have it: `first_frame`. */
function titleOf(key: TitleKey): string {
  return key.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

function wordsOf(title: string): readonly string[] {
  return [...title.matchAll(mark)].flatMap(([, words = '']) =>
    words
      .toLowerCase()
      .split(',')
      .map((word) => word.trim()),
  );
}

/** A picture is named by its file. */
const texts: readonly TitleKey[] = ['prompt', 'negative', ...pictureKeys];

/** The inputs of a node for one thing: by the names that nodes give them, else the only one of its type. */
function placesIn(workflow: ApiWorkflow, node: string, key: TitleKey): readonly Place[] {
  const inputs = workflow.get(node)?.inputs ?? {};
  const type = texts.includes(key) ? 'string' : 'number';
  const at = (names: readonly string[]): readonly Place[] =>
    names
      .filter((input) => Object.hasOwn(inputs, input))
      .flatMap((input) => literalBehind(workflow, { node, input }, type) ?? []);
  const [known] = at(inputNames[key]);
  if (known !== undefined) return [known];
  const others = at(Object.keys(inputs));
  return others.length === 1 ? others : [];
}
