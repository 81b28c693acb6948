import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import type { Disposable } from '../../base/events.ts';
import { Throttle } from '../../base/throttle.ts';
import type { JobRecord } from '../../jobs/job.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { changesOf, reuseCells } from '../../webview/film-changes.ts';
import type { FilmView, SceneShown, ToPage } from '../../webview/protocol.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { jobWords } from '../job-list/job-words.ts';
import type { Marks } from '../script/marks.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import { beginningOf } from '../render/beginning.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import { settings } from '../settings.ts';
import { idleProgress } from '../writing/progress-model.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import { clipOfCell, filmClips, stillsComing } from './film-clips.ts';
import { filmView } from './film-model.ts';
import { FilmRenders, type RenderTools } from './film-renders.ts';
import { sceneShown, type SceneRender } from './scene-shown.ts';
import { PictureFiles } from './still-files.ts';
import { stillsOf, type Still } from './stills-shown.ts';
import { takesShown } from './takes-shown.ts';
import { cellAt, cellOf, storyCells, type StoryCell } from '../script/story-cells.ts';

/** At most ten views a second reach the page, however fast the events come. */
const minimumGapMs = 100;

export interface FilmTools extends RenderTools {
  readonly scripts: OpenScripts;
  readonly runs: WritingRuns;
  readonly manager: JobManager;
  readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  readonly studio: Pick<KnownStudio, 'priceOf' | 'chains' | 'onDidLearn'>;
  readonly marks: Pick<Marks, 'of' | 'onDidChange'>;
}

/** Where it goes what is sent. */
export interface FilmReader {
  readonly isVisible: boolean;
  post(message: ToPage): void;
  /** The address of a file for the page; nothing for one that it may not see. */
  addressOf(file: string): string | undefined;
}

/** A cell of a script as the document has it at this moment. */
export interface FoundCell {
  readonly document: vscode.TextDocument;
  readonly script: ParsedScript;
  readonly cell: StoryCell;
}

/** A script on its way back from the disk. */
interface Opening {
  readonly address: string;
  /** Also once it turns out that it is not there any more. */
  readonly done: Promise<void>;
  isLost: boolean;
}

/** Tells a page of the film of one script, and goes on telling it what changes. */
export class FilmFeed implements vscode.Disposable {
  private readonly tools: FilmTools;
  private readonly reader: FilmReader;
  private readonly renders: FilmRenders;
  private readonly pictures = new PictureFiles();
  private readonly subscriptions: Disposable[];
  private uri: vscode.Uri | undefined;
  /** The script that is being opened to be shown, because no editor has it, or cannot be. */
  private opening: Opening | undefined;
  private current: string | undefined;
  /** Its cursor has moved in a text that was not read yet. */
  private behind: vscode.TextEditor | undefined;
  private watched: readonly string[] = [];
  private sent: FilmView | undefined;
  /** What was sent of scenes, by key. */
  private readonly sentScenes = new Map<string, string>();
  private readonly sending = new Throttle(minimumGapMs, () => {
    this.send();
  });

  constructor(tools: FilmTools, reader: FilmReader) {
    this.tools = tools;
    this.reader = reader;
    this.renders = new FilmRenders(tools);
    const ours = (uri: vscode.Uri): void => {
      if (this.isShown(uri)) this.sending.soon();
    };
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.isShown(document.uri)) this.sending.onceTypingPauses();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        this.follow(textEditor);
      }),
      tools.runs.onDidChange(({ uri }) => {
        ours(uri);
      }),
      tools.manager.onDidChange((views) => {
        if (views.some(({ script }) => script === this.uri?.toString())) this.jobsChanged();
      }),
      tools.manager.onDidRemove(() => {
        this.jobsChanged();
      }),
      tools.studio.onDidLearn(() => {
        this.sending.soon();
      }),
      tools.marks.onDidChange(() => {
        this.sending.soon();
      }),
      tools.clips.onDidChange(() => {
        this.pictures.forget();
        this.sending.soon();
      }),
    ];
  }

  /** The script that is shown. */
  get shown(): vscode.Uri | undefined {
    return this.uri;
  }

  /** Show a script, or go on showing it under another address. */
  show(uri: vscode.Uri): void {
    if (this.isShown(uri)) return;
    this.uri = uri;
    this.current = undefined;
    this.watched = [];
    for (const editor of vscode.window.visibleTextEditors) this.follow(editor);
    this.sending.soon();
  }

  /** The reader has come to a cell. */
  look(key: string): void {
    if (this.current === key) return;
    this.current = key;
    this.sending.soon();
  }

  /** All there is to show of these cells' scenes is wanted, and whenever it changes. */
  watch(keys: readonly string[]): void {
    this.watched = keys;
    this.sending.soon();
  }

  /** The page may take a scene for another than it is: tell of it, whatever was told before. */
  tellAgain(key: string): void {
    this.sentScenes.delete(key);
    this.sending.soon();
  }

  /** The page knows nothing, or is seen again: tell it all there is. */
  restart(): void {
    this.sent = undefined;
    this.send();
  }

  /** A cell of the film; nothing once the script has it no more. */
  async cell(key: string): Promise<FoundCell | undefined> {
    if (this.read() === undefined) await this.open()?.done;
    const found = this.read();
    const cell = found && cellOf(found.script, key);
    return found && cell && { ...found, cell };
  }

  /** The stills of a cell's scene. */
  stills({ document, cell: { node } }: FoundCell): readonly Still[] {
    if (node === undefined) return [];
    const records = this.renders.stills(document.uri.toString(), node.scene.id);
    return stillsOf(document.uri, node, records, (job) => this.words(job, undefined));
  }

  private jobsChanged(): void {
    this.renders.changed();
    this.pictures.forget();
    this.sending.soon();
  }

  private isShown(uri: vscode.Uri): boolean {
    return uri.toString() === this.uri?.toString();
  }

  private follow(editor: vscode.TextEditor): void {
    const { document, selection } = editor;
    const { scripts } = this.tools;
    if (!this.isShown(document.uri)) return;
    this.behind = scripts.isRead(document) ? undefined : editor;
    // Somebody types: the scene is looked for once they pause.
    if (this.behind !== undefined && this.current !== undefined) return;
    if (!scripts.isScript(document)) return;
    const cell = cellAt(scripts.read(document), document.offsetAt(selection.active));
    if (cell !== undefined) this.look(cell.key);
  }

  private read(): Omit<FoundCell, 'cell'> | undefined {
    const document = openDocument(this.uri?.toString());
    if (document === undefined || !this.tools.scripts.isScript(document)) return undefined;
    return { document, script: this.tools.scripts.read(document) };
  }

  private send(): void {
    if (!this.reader.isVisible) {
      this.sent = undefined;
      return;
    }
    const found = this.read();
    if (this.behind !== undefined) this.follow(this.behind);
    if (found !== undefined) this.opening = undefined;
    // What was sent stands until the script is back: its last editor may only have been closed.
    else if (this.open()?.isLost === false && this.sent?.uri === this.uri?.toString()) return;
    const view = found === undefined ? this.toldByRun() : this.view(found);
    if (view === undefined) {
      this.sent = undefined;
      this.reader.post({ type: 'empty' });
      return;
    }
    const before = this.sent?.uri === view.uri ? this.sent : undefined;
    const now = reuseCells(before, view);
    if (before === undefined) {
      this.sentScenes.clear();
      this.reader.post({ type: 'view', view: now });
    } else {
      this.reader.post({ type: 'changes', ...changesOf(before, now) });
    }
    this.sent = now;
    if (found !== undefined) this.sendScenes(found, now.current);
  }

  private view({ document, script }: Omit<FoundCell, 'cell'>): FilmView {
    const { uri } = document;
    const clips = this.tools.clips.of(document);
    const address = uri.toString();
    const progress = (this.tools.runs.get(uri)?.progress ?? idleProgress(uri, script)).view();
    const current = cellOf(script, this.current) ?? storyCells(script)[0];
    return {
      ...filmView({
        script,
        progress,
        clips: filmClips(script, clips),
        marks: this.tools.marks.of(document),
        money: this.renders.money(uri, script, clips),
        stills: settings.video.stills.value,
        chains: this.tools.studio.chains(script),
        drawing: stillsComing(script, clips),
      }),
      ...this.renders.rows(address),
      ...(current === undefined ? {} : { current: current.key }),
    };
  }

  /** Open the script where it is: after a reload, or once it was closed, no editor has it. */
  private open(): Opening | undefined {
    const { uri } = this;
    const address = uri?.toString();
    if (uri === undefined || address === undefined || openDocument(address) !== undefined) {
      return undefined;
    }
    if (this.opening?.address === address) return this.opening;
    const opening: Opening = {
      address,
      isLost: false,
      done: Promise.resolve(vscode.workspace.openTextDocument(uri)).then(
        () => {
          if (this.opening === opening) this.opening = undefined;
          this.sending.soon();
        },
        () => {
          opening.isLost = true;
          this.sending.soon();
        },
      ),
    };
    this.opening = opening;
    return opening;
  }

  private toldByRun(): FilmView | undefined {
    return this.uri && this.tools.runs.get(this.uri)?.progress.view();
  }

  private sendScenes(
    { document, script }: Omit<FoundCell, 'cell'>,
    current: string | undefined,
  ): void {
    const wanted = new Set([...(current === undefined ? [] : [current]), ...this.watched]);
    for (const key of [...this.sentScenes.keys()]) {
      if (!wanted.has(key)) this.sentScenes.delete(key);
    }
    const scenes = [...wanted].flatMap((key): SceneShown[] => {
      const cell = cellOf(script, key);
      if (cell === undefined) return [];
      const scene = this.scene(script, document, cell);
      const text = JSON.stringify(scene);
      if (this.sentScenes.get(key) === text) return [];
      this.sentScenes.set(key, text);
      return [scene];
    });
    if (scenes.length > 0) this.reader.post({ type: 'scenes', scenes });
  }

  private scene(script: ParsedScript, document: vscode.TextDocument, cell: StoryCell): SceneShown {
    const clip = clipOfCell(cell, this.tools.clips.of(document));
    const pictured = {
      addressOf: (picture: string): string | undefined => {
        const found = this.pictures.of(document.uri, picture);
        return this.address(found?.file, found?.version);
      },
      stills: this.stills({ document, script, cell }).map(({ shown }) => shown),
      ...this.beginning(script, document, cell),
    };
    if (clip === undefined) return sceneShown(script, cell, pictured);
    const { node } = cell;
    const { state, job, news = job, file } = clip;
    const wordsOf = (of: JobRecord): string | undefined => this.words(of, node?.scene.seconds);
    const addressOf = (of: string | undefined, by: JobRecord | undefined): string | undefined =>
      this.address(of, by?.updatedAt);
    return sceneShown(
      script,
      cell,
      defined({
        ...pictured,
        clip: state === 'none' ? undefined : state,
        job: news,
        words: news && wordsOf(news),
        isSketch: clip.isOnlySketch,
        posterAddress:
          job?.poster !== undefined && existsSync(job.poster)
            ? addressOf(job.poster, job)
            : undefined,
        clipAddress: addressOf(file, job),
        clipSeconds: file === undefined ? undefined : job?.clipSeconds,
        takes: node && takesShown(node, clip, { addressOf, wordsOf }),
        fittingTake: state === 'stale' ? clip.current?.take : undefined,
      }),
    );
  }

  private beginning(
    script: ParsedScript,
    document: vscode.TextDocument,
    { scene }: StoryCell,
  ): Pick<SceneRender, 'beginning' | 'isHeld'> {
    const wish = settings.video.stills.value;
    const clip = scene === undefined ? undefined : this.tools.clips.of(document)[scene - 1];
    if (wish === 'off' || scene === undefined || clip === undefined) return {};
    const chains = (): boolean => this.tools.studio.chains(script);
    return { beginning: beginningOf(script, scene, clip, chains), isHeld: wish === 'required' };
  }

  private words({ id }: JobRecord, besideSeconds: number | undefined): string | undefined {
    const view = this.tools.manager.view(id);
    if (view === undefined) return undefined;
    const account = view.account === undefined ? undefined : this.tools.accountName(view.account);
    return jobWords(view, { stale: false, account, besideSeconds });
  }

  /** A file that is written anew has another address, so that the page does not show the old one. */
  private address(file: string | undefined, version: number | undefined): string | undefined {
    const address = file === undefined ? undefined : this.reader.addressOf(file);
    return address === undefined || version === undefined ? address : `${address}?${version}`;
  }

  dispose(): void {
    this.sending.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
