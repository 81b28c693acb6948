import * as vscode from 'vscode';
import { factLine, inARow } from '../../base/lists.ts';
import { plainMarkdown } from './plain.ts';

/**
 * A hover. Words go in as they stand, whoever they come from; a link runs one of the commands that
 * the hover was made with, and no other.
 */
export class Hover {
  /** As VS Code takes it. */
  readonly text: vscode.MarkdownString;

  /** @param commands those that a link may run */
  constructor(commands: readonly string[] = []) {
    this.text = new vscode.MarkdownString();
    if (commands.length > 0) this.text.isTrusted = { enabledCommands: commands };
  }

  /** A paragraph; nothing where there are no words. */
  words(words: string | undefined): void {
    const text = plainMarkdown(words ?? '');
    if (text !== '') this.text.appendMarkdown(`${text}\n\n`);
  }

  title(words: string): void {
    const text = plainMarkdown(words);
    if (text !== '') this.text.appendMarkdown(`**${text}**\n\n`);
  }

  /** A picture of ours, 320 pixels wide. */
  picture(file: string): void {
    this.text.appendMarkdown(`![](${vscode.Uri.file(file).toString()}|width=320)\n\n`);
  }

  /** Small pictures beside each other, with what they show beneath them; nothing where there are none. */
  pictures(pictures: readonly { readonly file: string; readonly label: string }[]): void {
    if (pictures.length === 0) return;
    const shown = pictures.map(({ file }) => `![](${vscode.Uri.file(file).toString()}|height=96)`);
    this.text.appendMarkdown(`${shown.join(' ')}\n\n`);
    this.words(inARow([...new Set(pictures.map(({ label }) => label))]));
  }

  /**
   * How something stands. Only this picture is one: what looks like another in the words of others is
   * made of signs that VS Code does not read as such.
   *
   * @param icon the name of one of VS Code's icons
   */
  state(icon: string, words: string): void {
    this.text.supportThemeIcons = true;
    this.text.appendMarkdown(`$(${icon}) ${plainMarkdown(words)}\n\n`);
  }

  /** A paragraph of links, each a label with the command that it runs; nothing where there are none. */
  links(links: readonly HoverLink[]): void {
    if (links.length === 0) return;
    const markdown = links.map(({ label, command, argument }) => {
      const json = encodeURIComponent(JSON.stringify([argument])).replace(
        /[!'()*]/gu,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      );
      return `[${plainMarkdown(label)}](command:${command}?${json})`;
    });
    this.text.appendMarkdown(`${factLine(markdown)}\n\n`);
  }
}

export interface HoverLink {
  readonly label: string;
  readonly command: string;
  readonly argument: object;
}
