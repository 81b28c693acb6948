import * as vscode from 'vscode';
import { frontMatterOffers } from '../../script/typing/front-matter-offers.ts';
import type { Offer } from '../../script/typing/offer.ts';
import { sceneOffers } from '../../script/typing/scene-offers.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptSelector } from '../script/script-selector.ts';

/** A line behind which nothing is ever offered costs no look at the script. */
const mayBeOffered = /^[ \t]*(?:[*_>]|\d{1,9}[.)]|[-+] |[a-z]*$|[a-z]+:)/iu;

/** Keys and values of the front matter, and the names, places and times of a script where they belong. */
export function registerCompletion(scripts: OpenScripts): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    scriptSelector,
    {
      provideCompletionItems(document, position, _token, { triggerKind }) {
        const line = document.lineAt(position).text.slice(0, position.character);
        if (!mayBeOffered.test(line) || !scripts.isScript(document)) return [];
        const script = scripts.read(document);
        const offset = document.offsetAt(position);
        const found = frontMatterOffers(script, line, offset) ?? sceneOffers(script, line, offset);
        // In a quote that goes on in a new line nobody wants to be asked who speaks before they begin.
        const isUnasked = triggerKind !== vscode.CompletionTriggerKind.Invoke;
        if (found === undefined || (isUnasked && /^[ \t]*>[ \t]*$/u.test(line))) return [];
        const range = new vscode.Range(position.translate(0, -found.typed), position);
        const typed = line.slice(line.length - found.typed);
        return found.offers.map((offer, index) => itemOf(offer, index, range, typed));
      },
    },
    ' ',
    '*',
    '_',
    ',',
  );
}

const kinds = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  character: vscode.CompletionItemKind.User,
  place: vscode.CompletionItemKind.Reference,
  time: vscode.CompletionItemKind.Constant,
} as const satisfies Record<Offer['kind'], vscode.CompletionItemKind>;

function itemOf(
  { label, text = label, kind, detail }: Offer,
  index: number,
  range: vscode.Range,
  typed: string,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, kinds[kind]);
  item.insertText = text;
  item.range = range;
  // As the script has them.
  item.sortText = String(index).padStart(5, '0');
  // What stands before the name in the line is part of what is replaced.
  const mark = /^[*_'"]*/u.exec(typed)?.[0] ?? '';
  item.filterText = mark + label;
  if (detail !== undefined) item.detail = detail;
  return item;
}
