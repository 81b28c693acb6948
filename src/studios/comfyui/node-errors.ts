import { t } from '../../base/l10n.ts';
import { parsedJson } from '../../base/parsed-json.ts';
import { field, items, text } from '../answer.ts';
import type { ApiWorkflow } from './api-workflow.ts';

/** So many faults are told; the others are of the same kind. */
const mostFaults = 3;

/** Lists of all files that there are instead are not told in full, in characters. */
const longestDetail = 240;

/**
 * What a server finds wrong with a workflow before it runs, in its words and with the titles of the
 * nodes: a model that is not there, a node that is not installed, a value that is not taken.
 *
 * @param body of its answer to `POST /prompt`
 * @returns `undefined` where it finds nothing
 */
export function nodeErrorWords(body: unknown, workflow: ApiWorkflow): string | undefined {
  const errors = field(body, 'node_errors');
  const entries = typeof errors === 'object' && errors !== null ? Object.entries(errors) : [];
  const faults = entries.flatMap(([id, node]) =>
    items(field(node, 'errors')).map((error) =>
      withTitle(titleOf(workflow, id, field(node, 'class_type')), said(error)),
    ),
  );
  if (faults.length > 0) {
    const told = faults.slice(0, mostFaults).join('; ');
    const more = faults.length - mostFaults;
    return more > 0 ? t('{0}; and {1} more', told, more) : told;
  }
  const error = field(body, 'error');
  if (typeof error !== 'object' || error === null) return undefined;
  const [, id] = /#([\w:.-]+)/.exec(text(field(error, 'details')) ?? '') ?? [];
  const named = text(field(error, 'extra_info', 'node_id')) ?? id;
  if (named === undefined || !workflow.has(named)) return undefined;
  return withTitle(titleOf(workflow, named, undefined), said(error));
}

/** The same of the text of an answer, of which there may be only the beginning. */
export function nodeErrorsIn(answer: string, workflow: ApiWorkflow): string | undefined {
  const body = parsedJson(answer);
  if (body !== undefined) return nodeErrorWords(body, workflow);
  if (!answer.includes('"node_errors"')) return undefined;
  const [, details] =
    /"details":\s*("(?:[^"\\]|\\.){1,4000})/.exec(answer.split('"node_errors"')[1] ?? '') ?? [];
  const words = details === undefined ? undefined : parsedJson(`${details}"`);
  return typeof words === 'string' ? shortened(words) : undefined;
}

function said(error: unknown): string {
  const message = text(field(error, 'message')) ?? text(field(error, 'type')) ?? '';
  const details = shortened(text(field(error, 'details')) ?? '');
  return [message, details].filter((part) => part !== '').join(': ');
}

function shortened(words: string): string {
  return words.length > longestDetail ? `${words.slice(0, longestDetail - 1)}…` : words;
}

function titleOf(workflow: ApiWorkflow, id: string, classType: unknown): string {
  return workflow.get(id)?.title ?? text(classType) ?? id;
}

function withTitle(title: string, words: string): string {
  return `“${title}”: ${words}`;
}
