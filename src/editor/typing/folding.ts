import * as vscode from 'vscode';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptSelector } from '../script/script-selector.ts';

/**
 * The front matter folds as one. Scenes, outline and prompts fold already: VS Code's own Markdown folds what
 * stands beneath headings, fences and items.
 */
export function registerFolding(scripts: OpenScripts): vscode.Disposable {
  return vscode.languages.registerFoldingRangeProvider(scriptSelector, {
    provideFoldingRanges(document) {
      if (!scripts.isScript(document)) return [];
      const { frontMatter } = scripts.read(document).reading.layout;
      if (frontMatter === undefined) return [];
      const [first, last] = [frontMatter.start, frontMatter.end].map(
        (offset) => document.positionAt(offset).line,
      );
      return first === undefined || last === undefined
        ? []
        : [new vscode.FoldingRange(first, last, vscode.FoldingRangeKind.Region)];
    },
  });
}
