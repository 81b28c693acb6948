import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { Throttle } from '../../base/throttle.ts';
import { faultWords, pictureFault, type PictureFault } from '../../jobs/job-pictures.ts';
import { removePicture } from '../../script/edits/change-picture.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { pictureNodes, type PictureNode } from '../../script/picture-nodes.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { JobIndex, PictureSubject } from '../jobs/job-index.ts';
import { pictureComing } from '../jobs/picture-coming.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { picturePattern } from '../jobs/script-clips.ts';
import { rangeOf, workspaceEdit } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { picturesOfEntry } from '../../script/wanted-pictures.ts';
import { ToldProblems } from '../script/told-problems.ts';
import { scriptSelector } from '../script/script-selector.ts';

/** Milliseconds between two looks while somebody types, or pictures come in. */
const lookEveryMs = 500;

const codePrefix = 'picture-';

interface BadPicture {
  readonly node: PictureNode;
  readonly fault: PictureFault;
}

interface Looked {
  readonly version: number;
  readonly bad: readonly BadPicture[];
}

/**
 * Problems of pictures that scripts name and that no studio could be sent. Files are looked at behind what is
 * typed, each once until the disk says that something is another, and in trusted folders alone.
 */
export class PictureProblems implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  private readonly jobs: Pick<JobIndex, 'drawingsOf'>;
  private readonly problems = new ToldProblems('scenewright-pictures');
  private readonly looked = new WeakMap<vscode.TextDocument, Looked>();
  /** By folder of the script and path in it. */
  private faults = new Map<string, Promise<PictureFault | undefined>>();
  private readonly looking = new Throttle(lookEveryMs, () => void this.look());
  private readonly subscriptions: readonly Disposable[];

  constructor(scripts: Pick<OpenScripts, 'isScript' | 'read'>, jobs: Pick<JobIndex, 'drawingsOf'>) {
    this.scripts = scripts;
    this.jobs = jobs;
    const soon = (): void => {
      this.looking.soon();
    };
    const anew = (): void => {
      this.faults = new Map();
      soon();
    };
    const files = vscode.workspace.createFileSystemWatcher(picturePattern);
    const soonFor = (document: vscode.TextDocument): void => {
      if (document.languageId === 'markdown') soon();
    };
    this.subscriptions = [
      this.problems,
      this.looking,
      files,
      files.onDidCreate(anew),
      files.onDidChange(anew),
      files.onDidDelete(anew),
      // Other kinds of files, and folders outside of the workspace, are not watched.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) anew();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(anew),
      vscode.workspace.onDidOpenTextDocument(soonFor),
      vscode.workspace.onDidCloseTextDocument(soonFor),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === 'markdown') this.looking.onceTypingPauses();
      }),
      vscode.languages.registerCodeActionsProvider(scriptSelector, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
    soon();
  }

  private async look(): Promise<void> {
    const documents = vscode.workspace.isTrusted
      ? vscode.workspace.textDocuments.filter((document) => this.scripts.isScript(document))
      : [];
    this.problems.keepOnly(documents.map(({ uri }) => uri));
    for (const document of documents) await this.check(document);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const nodes = pictureNodes(this.scripts.read(document));
    const bad = await Promise.all(
      nodes.map(async (node) => ({ node, fault: await this.faultOf(uri, node.file) })),
    );
    // Whoever has typed meanwhile has this looked at again.
    if (document.isClosed || document.version !== version) return;
    const told = bad.flatMap(({ node, fault }) => (fault === undefined ? [] : [{ node, fault }]));
    this.looked.set(document, { version, bad: told });
    this.problems.tell(
      uri,
      told.map(({ node, fault }) => diagnosticOf(document, node, fault)),
    );
  }

  private faultOf(script: vscode.Uri, file: string): Promise<PictureFault | undefined> {
    const folder = path.dirname(script.fsPath);
    const key = JSON.stringify([folder, file]);
    let known = this.faults.get(key);
    if (known === undefined) {
      known = pictureFault(file, folder, workspaceRoot(script));
      this.faults.set(key, known);
    }
    return known;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const looked = this.looked.get(document);
    // Between two looks the places are not certain; after a pause in the typing they are again.
    if (looked?.version !== document.version) return [];
    return diagnostics
      .filter(({ code }) => typeof code === 'string' && code.startsWith(codePrefix))
      .flatMap((diagnostic) => {
        const found = looked.bad.find(({ node }) =>
          rangeOf(document, node.span).isEqual(diagnostic.range),
        );
        if (found === undefined) return [];
        const isComing = ({ subject }: Drawing): boolean =>
          pictureComing(document.uri, this.jobs, subject, [found.node.file]) !== undefined;
        return fixesOf(document, this.scripts.read(document), diagnostic, found, isComing);
      });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** How a picture that is not there can be drawn. */
interface Drawing {
  readonly subject: PictureSubject;
  readonly command: `scenewright.${string}`;
  readonly argument: object;
}

/** How a picture can be drawn that a script names: the first frame of a scene, or the only one of an entry. */
export function drawingOf(
  { bible, scenes }: ParsedScript,
  { file, whole }: PictureNode,
): Drawing | undefined {
  const index = scenes.findIndex(
    ({ span, scene }) =>
      scene.firstFrame === file && span.start <= whole.start && whole.end <= span.end,
  );
  const node = scenes[index];
  if (node !== undefined) {
    if (!node.written || node.id === undefined) return undefined;
    const subject = { kind: 'still', id: node.id } as const;
    return { subject, command: 'scenewright.drawStills', argument: { scenes: [index + 1] } };
  }
  const entries = [
    ...bible.characters.map((entry) => ({ kind: 'character', entry }) as const),
    ...bible.places.map((entry) => ({ kind: 'place', entry }) as const),
  ].filter(({ entry }) => picturesOfEntry(entry).includes(file));
  const [only, ...others] = entries;
  if (only === undefined || others.length > 0 || picturesOfEntry(only.entry).length > 1) {
    return undefined;
  }
  const { kind, entry } = only;
  const subject = { kind, name: entry.name };
  return { subject, command: 'scenewright.drawSheets', argument: { names: [entry.name] } };
}

function diagnosticOf(
  document: vscode.TextDocument,
  node: PictureNode,
  fault: PictureFault,
): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(
    rangeOf(document, node.span),
    t('{0} No scene that shows it can be rendered.', faultWords(fault, node.file)),
    vscode.DiagnosticSeverity.Warning,
  );
  problem.source = 'Scenewright';
  problem.code = `${codePrefix}${fault}`;
  return problem;
}

function fixesOf(
  document: vscode.TextDocument,
  script: ParsedScript,
  diagnostic: vscode.Diagnostic,
  { node, fault }: BadPicture,
  isComing: (drawing: Drawing) => boolean,
): vscode.CodeAction[] {
  const fix = (title: string): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    return action;
  };
  const choose = fix(t('Choose Another Picture…'));
  choose.command = {
    title: choose.title,
    command: 'scenewright.choosePicture',
    arguments: [chosenByHand({ uri: document.uri.toString(), picture: node.file })],
  };
  const remove = fix(t('Remove the picture from the script'));
  remove.edit = workspaceEdit(document, [removePicture(document.getText(), node)]);
  const drawing = fault === 'missing' ? drawingOf(script, node) : undefined;
  if (drawing === undefined || isComing(drawing)) return [choose, remove];
  // Nothing is drawn yet: what is missing gives way to the picture when that is here.
  const draw = fix(t('Draw It'));
  draw.command = {
    title: draw.title,
    command: drawing.command,
    arguments: [chosenByHand({ uri: document.uri.toString(), ...drawing.argument })],
  };
  return [draw, choose, remove];
}
