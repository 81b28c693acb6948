import type { TextDocument } from 'vscode';

/** A document whose positions are offsets. */
export const offsetDocument = {
  uri: 'file:///story.md',
  positionAt: (offset: number) => offset,
  offsetAt: (offset: number) => offset,
} as unknown as TextDocument;
