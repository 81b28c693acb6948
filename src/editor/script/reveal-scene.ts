import * as vscode from 'vscode';

/** Show the document with the given offset at the top of the editor, and its cursor there. */
export async function revealScene(
  document: vscode.TextDocument,
  offset: number,
  {
    preserveFocus = false,
    viewColumn = vscode.ViewColumn.One,
  }: {
    readonly preserveFocus?: boolean;
    /** Where it is opened while no editor shows it. */
    readonly viewColumn?: vscode.ViewColumn;
  } = {},
): Promise<void> {
  const start = document.positionAt(offset);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(start, start),
    viewColumn: shown?.viewColumn ?? viewColumn,
    preserveFocus,
  });
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
}

/**
 * Where a file is opened that something on a page leads to, so that it does not come over the page: in another
 * group, the one that has it in a tab before all others, and where there is none in a new one.
 *
 * @param page the group of the page
 */
export function columnBeside(
  page: vscode.ViewColumn | undefined,
  file: vscode.Uri,
): vscode.ViewColumn {
  const address = file.toString();
  const others = vscode.window.tabGroups.all.filter(({ viewColumn }) => viewColumn !== page);
  const withFile = others.find(({ tabs }) =>
    tabs.some(({ input }) => addressOf(input) === address),
  );
  return (withFile ?? others[0])?.viewColumn ?? vscode.ViewColumn.Beside;
}

function addressOf(input: unknown): string | undefined {
  const isFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return isFile ? input.uri.toString() : undefined;
}
