import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { parsedJson } from '../../base/parsed-json.ts';
import { field } from '../answer.ts';

/** One node of a workflow, as ComfyUI takes it. */
export interface WorkflowNode {
  readonly classType: string;
  /** As the writer sees it in ComfyUI; the class where it has no title. */
  readonly title: string;
  /** By name: a value, or a link to another node. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * A workflow in ComfyUI's API format, by the ids of its nodes. It may be anybody's work: nothing is
 * known of it but this shape, and links may lead nowhere or in a circle.
 */
export type ApiWorkflow = ReadonlyMap<string, WorkflowNode>;

/** An input of a node. */
export interface Place {
  /** The node's id. */
  readonly node: string;
  readonly input: string;
}

/** A link to what another node puts out. */
export interface NodeLink {
  readonly node: string;
  /** Which of its outputs, from 0. */
  readonly output: number;
}

/** More than the largest workflows that are published have. */
const mostNodes = 5000;

/**
 * Read a workflow as ComfyUI exports it for programs.
 *
 * @param name as the writer knows the file, for what is said of it
 * @throws ScenewrightError `bad-input` where it is none, with what to do about it
 */
export function readApiWorkflow(text: string, name: string): ApiWorkflow {
  const json = parsedJson(text.replace(/^\uFEFF/, ''));
  if (typeof json !== 'object' || json === null) {
    throw new ScenewrightError('bad-input', t('{0} is not JSON. Nothing was sent.', name), {
      advice: exportAdvice(),
    });
  }
  if (Array.isArray(field(json, 'nodes'))) {
    throw new ScenewrightError(
      'bad-input',
      t(
        '{0} was saved for the editor of ComfyUI, and is not in the API format that its server runs. Nothing was sent.',
        name,
      ),
      { advice: exportAdvice() },
    );
  }
  // The body of a request to `/prompt` is a workflow, too.
  const nodes = Object.entries(field(json, 'prompt') ?? json).map(
    ([id, node]) => [id, nodeOf(node)] as const,
  );
  const whole = nodes.flatMap(([id, node]) => (node === undefined ? [] : [[id, node] as const]));
  if (whole.length === 0 || whole.length < nodes.length || whole.length > mostNodes) {
    throw new ScenewrightError(
      'bad-input',
      t('{0} is no workflow of ComfyUI in API format. Nothing was sent.', name),
      { advice: exportAdvice() },
    );
  }
  return new Map(whole);
}

function exportAdvice(): string {
  return t('In ComfyUI choose Workflow, Export (API), and put that file in its place.');
}

/** A node of a workflow in an answer of ComfyUI, or in a file; absent where it is none. */
function nodeOf(value: unknown): WorkflowNode | undefined {
  const classType = field(value, 'class_type');
  const inputs = field(value, 'inputs') ?? {};
  if (typeof classType !== 'string' || typeof inputs !== 'object' || Array.isArray(inputs)) {
    return undefined;
  }
  const title = field(value, '_meta', 'title');
  return {
    classType,
    title: typeof title === 'string' && title.trim() !== '' ? title.trim() : classType,
    inputs: inputs as Readonly<Record<string, unknown>>,
  };
}

/** A workflow as ComfyUI says it back; empty where that is none. */
export function workflowIn(value: unknown): ApiWorkflow {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value)
      .slice(0, mostNodes)
      .flatMap(([id, one]) => {
        const node = nodeOf(one);
        return node === undefined ? [] : [[id, node] as const];
      }),
  );
}

/** The link that a value of an input is; absent where it is a value of its own. */
export function linkIn(value: unknown): NodeLink | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [node, output] = value as [unknown, unknown];
  const isNode = typeof node === 'string' || typeof node === 'number';
  return isNode && typeof output === 'number' ? { node: String(node), output } : undefined;
}

/** The value of an input as it stands in the workflow. */
export function valueAt(workflow: ApiWorkflow, { node, input }: Place): unknown {
  return field(workflow.get(node)?.inputs, input);
}

/** The workflow as the server wants it, with other values in some places. */
export function withValues(
  workflow: ApiWorkflow,
  values: readonly (readonly [Place, unknown])[],
): Record<string, unknown> {
  const changed = Map.groupBy(values, ([{ node }]) => node);
  return Object.fromEntries(
    [...workflow].map(([id, { classType, title, inputs }]) => [
      id,
      {
        class_type: classType,
        inputs: {
          ...inputs,
          ...Object.fromEntries(
            (changed.get(id) ?? []).map(([{ input }, value]) => [input, value]),
          ),
        },
        _meta: { title },
      },
    ]),
  );
}
