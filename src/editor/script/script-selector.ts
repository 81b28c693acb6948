import type { DocumentSelector } from 'vscode';

/** Documents that may be scripts and lie on disk, where their clips and pictures are beside them. */
export const scriptSelector: DocumentSelector = { language: 'markdown', scheme: 'file' };
