/**
 * The block structure of a Markdown document, as far as the script needs it. Offsets are UTF-16
 * code units into the text that was read. `raw` texts are Markdown source without the indentation
 * and quote marks of what they stand in: inline markup is still in them (`inline-text.ts` takes it out),
 * lines are parted by `\n`, and a hard break is a `\` before it.
 */
export type Block = Heading | Paragraph | Quote | List | Code | Html | OtherBlock;

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether the span is there and lies within a block. */
export function holds(block: Span, span: Span | undefined): boolean {
  return span !== undefined && block.start <= span.start && span.end <= block.end;
}

/** Whether an offset lies in a span, where that is there. */
export function contains(span: Span | undefined, at: number): boolean {
  return span !== undefined && span.start <= at && at < span.end;
}

/** The same for a cursor, which may also stand right behind it. */
export function touches(span: Span | undefined, at: number): boolean {
  return span !== undefined && span.start <= at && at <= span.end;
}

export interface Heading extends Span {
  readonly type: 'heading';
  readonly depth: number;
  readonly raw: string;
  /** Where `raw` stands; empty, at the end of the heading, when it has no text. */
  readonly rawSpan: Span;
}

export interface Paragraph extends Span {
  readonly type: 'paragraph';
  readonly raw: string;
}

export interface Quote extends Span {
  readonly type: 'quote';
  readonly children: readonly Block[];
}

export interface List extends Span {
  readonly type: 'list';
  readonly ordered: boolean;
  readonly items: readonly ListItem[];
}

/** An item where it stands; what is in it is placed by `childrenOf`. */
export interface ListItem extends Span {
  readonly own: OwnItem;
}

/**
 * An item apart from its place: its offsets count from anywhere. The very same object for as long as
 * nothing of it changes, so that what is found out of it is found out once.
 */
export interface OwnItem extends Span {
  readonly children: readonly Block[];
}

/** One that is read on its own: its offsets count from the beginning of its first line. */
export interface LoneItem extends OwnItem {
  /** All of its lines, with the empty ones behind them. */
  readonly source: string;
  /** Spaces that its other lines begin with. */
  readonly indent: number;
  /** What the full parser took for it, as `limits.effort` counts. */
  readonly effort: number;
  /** What reading its inline markup will take. */
  readonly inlineEffort: number;
}

/** An item where it was read. */
export function itemAsRead(own: OwnItem): ListItem {
  return { start: own.start, end: own.end, own };
}

export function isLone(item: OwnItem): item is LoneItem {
  return 'source' in item;
}

/** A fenced code block. */
export interface Code extends Span {
  readonly type: 'code';
  /** First word of the info string. */
  readonly info: string;
  /** See {@link codeValue}. */
  readonly value: string;
  /** Markdown that has to follow before anything else can, when the fence is never closed. */
  readonly closer?: string;
}

export interface Html extends Span {
  readonly type: 'html';
  readonly raw: string;
  /** Markdown that has to follow before anything else can, as for an unfinished comment. */
  readonly closer?: string;
}

/** Thematic breaks, indented code, link definitions: the writer's, and not ours to read. */
export interface OtherBlock extends Span {
  readonly type: 'other';
}

/** The fence that closes the fenced code block `source`, or nothing when it is closed already. */
export function codeCloser(source: string): string | undefined {
  const fence = /^(?:`{3,}|~{3,})/.exec(source)?.[0] ?? '```';
  const [, ...lines] = source.split(/\r\n|\n|\r/);
  return lines.some((line) => closes(line, fence)) ? undefined : fence;
}

/** The lines between the fences, without their indentation and without empty ones at the ends. */
export function codeValue(lines: string): string {
  const value = withLineFeeds(lines).replace(/^[ \t]+/gm, '');
  let [start, end] = [0, value.length];
  while (value.charAt(start) === '\n') start++;
  while (end > start && value.charAt(end - 1) === '\n') end--;
  return value.slice(start, end);
}

export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** What ends the HTML block `source`, when it needs more than an empty line and has not got it. */
export function htmlCloser(source: string): string | undefined {
  const closer = htmlEnd(source);
  return closer === undefined || closes(source, closer) ? undefined : closer;
}

function htmlEnd(source: string): string | undefined {
  if (source.startsWith('<!--')) return '-->';
  if (source.startsWith('<?')) return '?>';
  if (source.startsWith('<![CDATA[')) return ']]>';
  if (/^<![a-z]/i.test(source)) return '>';
  const element = /^<(script|pre|style|textarea)(?=[\s>]|$)/i.exec(source)?.[1];
  return element === undefined ? undefined : `</${element}>`;
}

/** Whether `line` ends the block that waits for `closer`, the `closer` of a code or HTML block. */
export function closes(line: string, closer: string): boolean {
  if (/^[`~]/.test(closer)) {
    return /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1]?.startsWith(closer) ?? false;
  }
  // Markdown lets each of these four end any other.
  if (closer.startsWith('</')) return /<\/(?:script|pre|style|textarea)>/i.test(line);
  return line.includes(closer);
}
