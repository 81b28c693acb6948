import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import { field, firstText, items, number, text } from '../answer.ts';
import { workflowIn, type ApiWorkflow } from './api-workflow.ts';
import { depthsOf } from './workflow-links.ts';

/**
 * What `GET /history/{id}` has of one run of a workflow; `undefined` where it has none. Read from the
 * server's own source and from what nodes that save videos put there.
 */
export interface HistoryEntry {
  readonly standing: 'running' | 'done' | 'failed' | 'interrupted';
  /** The server's own word for that; absent where it has none. */
  readonly state?: string;
  /** The server's words about what failed, with the title of the node; absent where nothing did. */
  readonly reason?: string;
  /** The files that it made, in no order. */
  readonly files: readonly MadeFile[];
  /** The workflow as it ran. */
  readonly workflow: ApiWorkflow;
  /** How long it ran, in milliseconds, where the server tells. */
  readonly ranMs?: number;
}

/** A file on the server; never a path on this machine. */
export interface MadeFile {
  /** The node that made it. */
  readonly node: string;
  readonly filename: string;
  readonly subfolder: string;
  /** The folder of the server that it is in: `output`, `temp` or `input`. */
  readonly type: string;
}

/** What a workflow is run for. */
export type Made = 'video' | 'picture';

/** What counts as one, whatever made it and under whichever key. */
const madeNames: Readonly<Record<Made, RegExp>> = {
  video: /\.(mp4|m4v|webm|mkv|mov)$/i,
  picture: /\.(png|jpe?g|webp)$/i,
};

export function readHistoryEntry(entry: unknown): HistoryEntry {
  const messages = items(field(entry, 'status', 'messages'));
  const said = (name: string): unknown =>
    field(
      messages.find((message) => field(message, 0) === name),
      1,
    );
  const workflow = workflowIn(field(entry, 'prompt', 2));
  const files = filesIn(field(entry, 'outputs'));
  const ran = ranFor(said('execution_start'), said('execution_success'));
  const common = { files, workflow, ...defined({ ranMs: ran }) };
  if (said('execution_interrupted') !== undefined) return { standing: 'interrupted', ...common };
  const failure = said('execution_error');
  const state = text(field(entry, 'status', 'status_str'));
  if (failure !== undefined || state === 'error') {
    return {
      standing: 'failed',
      ...defined({ reason: failureWords(failure, workflow) }),
      ...common,
    };
  }
  // Servers of 2023 tell nothing but what was made.
  const isDone = state === 'success' || field(entry, 'status', 'completed') === true;
  const isOld = field(entry, 'status') === undefined && files.length > 0;
  return { standing: isDone || isOld ? 'done' : 'running', ...defined({ state }), ...common };
}

function failureWords(failure: unknown, workflow: ApiWorkflow): string | undefined {
  const words = firstText(field(failure, 'exception_message'), field(failure, 'exception_type'));
  const node = text(field(failure, 'node_id'));
  const title =
    (node === undefined ? undefined : workflow.get(node)?.title) ??
    text(field(failure, 'node_type'));
  if (words === undefined) return title;
  return title === undefined ? words : `“${title}”: ${words.trim()}`;
}

function ranFor(start: unknown, end: unknown): number | undefined {
  const [from, to] = [start, end].map((message) => number(field(message, 'timestamp')));
  return from === undefined || to === undefined || to < from ? undefined : to - from;
}

function filesIn(outputs: unknown): readonly MadeFile[] {
  if (typeof outputs !== 'object' || outputs === null) return [];
  return Object.entries(outputs).flatMap(([node, made]) => {
    if (typeof made !== 'object' || made === null) return [];
    return Object.values(made as object)
      .flatMap(items)
      .flatMap((file): MadeFile[] => {
        const filename = text(field(file, 'filename'));
        if (filename === undefined) return [];
        return [
          {
            node,
            filename,
            subfolder: text(field(file, 'subfolder')) ?? '',
            type: text(field(file, 'type')) ?? 'output',
          },
        ];
      });
  });
}

/**
 * The video, or the picture, among what a run has made: of the node that was named, else one that is kept rather than
 * shown on the way, else the one that is made last of all in the workflow.
 */
export function fileOf(
  made: Made,
  { files, workflow }: Pick<HistoryEntry, 'files' | 'workflow'>,
  output: string | undefined,
): MadeFile | undefined {
  const fitting = files.filter(({ filename }) => madeNames[made].test(filename));
  const depths = depthsOf(workflow);
  const rank = ({ node, type }: MadeFile): number =>
    (node === output ? 1e8 : 0) + (type === 'output' ? 1e6 : 0) + (depths.get(node) ?? 0);
  return fitting.toSorted((a, b) => rank(b) - rank(a))[0];
}

/** What to say of a run that made nothing of the kind. */
export function nothingMadeWords(made: Made, { files }: Pick<HistoryEntry, 'files'>): string {
  const [other] = files;
  if (made === 'picture') {
    return other === undefined
      ? t('the workflow ended without a file: it has to save a picture, as Save Image does')
      : t(
          'the workflow ended with {0} and no picture: it has to save one as png, jpg or webp, as Save Image does',
          other.filename,
        );
  }
  return other === undefined
    ? t('the workflow ended without a file: it has to save a video, as Save Video does')
    : t(
        'the workflow ended with {0} and no video: it has to save one as mp4, webm, mkv or mov, as Save Video does',
        other.filename,
      );
}
