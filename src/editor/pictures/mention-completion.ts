import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { touches } from '../../script/markdown/block-types.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { Character, Place } from '../../script/script-model.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptSelector } from '../script/script-selector.ts';
import { Hover } from '../ui/hover.ts';
import { picturesOfEntry } from '../../script/wanted-pictures.ts';
import { shownFiles } from './shown-pictures.ts';

/** An `@` and what has been typed of a name behind it, on one line; no address and no handle. */
const begun = /(?<![\p{L}\p{M}\p{N}.@/\\_+-])@[^@\r\n]{0,60}$/u;

/** The characters and places of the script behind an `@` in a prompt. */
export function registerMentionCompletion(scripts: OpenScripts): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    scriptSelector,
    {
      provideCompletionItems(document, position) {
        const line = document.lineAt(position).text.slice(0, position.character);
        const typed = begun.exec(line)?.[0];
        if (typed === undefined || !scripts.isScript(document)) return [];
        const script = scripts.read(document);
        if (!isInPrompt(script, document.offsetAt(position))) return [];
        const range = new vscode.Range(position.translate(0, -typed.length), position);
        const { characters, places } = script.bible;
        return [
          ...characters.map((entry) => new MentionItem(document.uri, entry, 'character', range)),
          ...places.map((entry) => new MentionItem(document.uri, entry, 'place', range)),
        ];
      },
      async resolveCompletionItem(item) {
        if (item instanceof MentionItem) await item.describe();
        return item;
      },
    },
    '@',
  );
}

class MentionItem extends vscode.CompletionItem {
  private readonly script: vscode.Uri;
  private readonly entry: Character | Place;

  constructor(
    script: vscode.Uri,
    entry: Character | Place,
    kind: 'character' | 'place',
    range: vscode.Range,
  ) {
    super(
      `@${entry.name}`,
      kind === 'character' ? vscode.CompletionItemKind.User : vscode.CompletionItemKind.Reference,
    );
    this.script = script;
    this.entry = entry;
    this.range = range;
    this.detail = kind === 'character' ? t('character') : t('place');
    // As the script has them: first the cast.
    this.sortText = kind === 'character' ? '0' : '1';
  }

  /** Its look and pictures, once somebody looks. */
  async describe(): Promise<void> {
    const { look } = this.entry;
    const pictures = picturesOfEntry(this.entry).map((file) => ({ file, label: '' }));
    const hover = new Hover();
    hover.words(look);
    hover.pictures(await shownFiles(this.script, pictures));
    this.documentation = hover.text;
  }
}

function isInPrompt({ scenes }: ParsedScript, offset: number): boolean {
  return scenes.some(({ promptSpan }) => touches(promptSpan, offset));
}
