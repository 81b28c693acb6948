import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { typingPauseMs } from '../../base/throttle.ts';
import { mentionsIn } from '../../script/mentions.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

const legend = new vscode.SemanticTokensLegend(['mention']);

/**
 * Colours the names in prompts to their end. The grammar knows no bible: it cannot tell where a name of several words,
 * such as `@Lamp room`, ends. VS Code asks for what is seen of a document alone.
 */
export function registerMentionColours(scripts: OpenScripts): vscode.Disposable {
  return vscode.languages.registerDocumentRangeSemanticTokensProvider(
    // Proposed and older versions are read as well, in a diff.
    { language: 'markdown' },
    {
      async provideDocumentRangeSemanticTokens(document, seen, token) {
        // The next key takes back what was asked for after the last one, and nothing is read in its way.
        if (!scripts.isRead(document)) await sleep(typingPauseMs);
        if (token.isCancellationRequested) return undefined;
        const tokens = new vscode.SemanticTokensBuilder(legend);
        const script = scripts.look(document);
        if (script?.isScript !== true) return tokens.build();
        const { scenes, text, bible } = script;
        const [from, to] = [document.offsetAt(seen.start), document.offsetAt(seen.end)];
        for (const { promptSpan } of scenes) {
          if (promptSpan === undefined || promptSpan.end < from || promptSpan.start > to) continue;
          const { start, end } = promptSpan;
          for (const { span } of mentionsIn(text.slice(start, end), bible)) {
            for (const line of linesOf(document, start + span.start, start + span.end)) {
              tokens.push(line, 'mention');
            }
          }
        }
        return tokens.build();
      },
    },
    legend,
  );
}

/** A token stands on one line, and a name may be wrapped. */
function linesOf(document: vscode.TextDocument, from: number, to: number): vscode.Range[] {
  const [start, end] = [document.positionAt(from), document.positionAt(to)];
  return Array.from({ length: end.line - start.line + 1 }, (_, index) => {
    const line = document.lineAt(start.line + index);
    const first = index === 0 ? start.character : line.firstNonWhitespaceCharacterIndex;
    const last = line.lineNumber === end.line ? end.character : line.range.end.character;
    return new vscode.Range(line.lineNumber, first, line.lineNumber, last);
  });
}
