import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Emitter } from '../../src/base/events.ts';
import { portVariable } from '../extensions/remote-hand/protocol.ts';
import { buildHostModules } from '../hosts/build.ts';
import { CodeServerHost, type Windows } from '../hosts/code-server/host.ts';
import { EditorWindow } from './editor-window.ts';
import { Hands } from './hands.ts';
import { studioKey, VideoService } from './video-service.ts';
import { WriterService } from './writer-service.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Seconds of every scene; scripts are as many times as long as they have scenes. */
export const sceneSeconds = 8;

/**
 * Two windows of one editor on one folder, one of them by way of a `.code-workspace` file, so that each
 * has a storage of its own; with the services that they pay.
 */
export class WindowPair {
  readonly workspace: string;
  /** Where the editor keeps what is its own and its extensions'. */
  readonly userData: string;
  readonly windows: readonly [EditorWindow, EditorWindow];
  readonly writer: WriterService;
  readonly video: VideoService;
  private readonly folder: string;
  private readonly editor: Windows;
  private readonly hands: Hands;
  private readonly happened: Emitter<undefined>;

  private constructor(
    folder: string,
    parts: Pick<WindowPair, 'windows' | 'writer' | 'video'> & {
      readonly editor: Windows;
      readonly hands: Hands;
      readonly happened: Emitter<undefined>;
    },
  ) {
    this.folder = folder;
    this.workspace = workspaceIn(folder);
    this.userData = path.join(profileIn(folder), 'data', 'User');
    this.windows = parts.windows;
    this.writer = parts.writer;
    this.video = parts.video;
    this.editor = parts.editor;
    this.hands = parts.hands;
    this.happened = parts.happened;
  }

  static async open(random: () => number, onOutput: (text: string) => void): Promise<WindowPair> {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-'));
    const workspace = workspaceIn(folder);
    await mkdir(workspace);
    const workspaceFile = path.join(folder, 'both.code-workspace');
    await writeFile(workspaceFile, JSON.stringify({ folders: [{ path: 'workspace' }] }));
    const { remoteHand } = await buildHostModules([]);
    const happened = new Emitter<undefined>();
    const onEvent = (): void => {
      happened.fire(undefined);
    };
    const hands = await Hands.listen();
    const writer = await WriterService.start({ random, onEvent });
    const clips = path.join(folder, 'clips');
    const video = await VideoService.start({ folder: clips, random, onEvent });
    const host = await CodeServerHost.at(path.join(root, '.vscode-test'));
    const editor = await host.openWindows({
      extension: root,
      companions: [remoteHand],
      workspace,
      profile: profileIn(folder),
      settings: settingsFor(writer, video),
      env: { [portVariable]: String(hands.port) },
      onOutput,
    });
    const pair = [
      new EditorWindow('folder', workspace, editor, hands),
      new EditorWindow('workspace', workspaceFile, editor, hands),
    ] as const;
    const world = new WindowPair(folder, { windows: pair, writer, video, editor, hands, happened });
    try {
      await pair[0].open();
      const account = { provider: 'openai-videos', name: 'Studio', secret: studioKey };
      await pair[0].run('scenewright.addAccount', account);
      // In a browser VS Code reads its secrets when a window opens, and not again.
      await pair[1].open();
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  /** Resolves when the services have noticed so many things more, and a little later still. */
  async after(events: number, delayMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      let left = events;
      const listening = this.happened.event(() => {
        if (--left > 0) return;
        listening.dispose();
        resolve();
      });
    });
    await delay(delayMs);
  }

  other(window: EditorWindow): EditorWindow {
    return this.windows[0] === window ? this.windows[1] : this.windows[0];
  }

  async close(): Promise<void> {
    // One that stands still would not even notice that all is over.
    for (const window of this.windows) window.signal('SIGCONT');
    await this.editor.close();
    this.hands.close();
    await this.writer.close();
    await this.video.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function settingsFor(writer: WriterService, video: VideoService): Record<string, unknown> {
  return {
    'scenewright.writer.provider': 'openai',
    'scenewright.writer.baseUrl': writer.baseUrl,
    'scenewright.writer.model': 'model',
    // Few at a time, so that there is time for something to happen.
    'scenewright.writer.batchSize': 2,
    'scenewright.downloads.parallel': 3,
    'scenewright.video.provider': 'openai-videos',
    'scenewright.video.baseUrl': video.baseUrl,
    'scenewright.video.model': 'model',
    'scenewright.video.clipSeconds': [sceneSeconds],
    'scenewright.video.pollSeconds': 1,
  };
}

function workspaceIn(folder: string): string {
  return path.join(folder, 'workspace');
}

function profileIn(folder: string): string {
  return path.join(folder, 'profile');
}
