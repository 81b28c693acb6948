import { subscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import type { ScenewrightApi } from '../../../src/editor/api.ts';
import {
  askerHeader,
  portVariable,
  type Answer,
  type Ask,
  type Asked,
  type Hello,
  type Look,
} from './protocol.ts';

const extensionId = 'scenewright.scenewright';

/** Works in this window as a program outside says: runs commands, and tells what the window holds. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const port = Number(process.env[portVariable]);
  const scenewright = vscode.extensions.getExtension<ScenewrightApi>(extensionId);
  if (!Number.isInteger(port) || scenewright === undefined) return;
  signRequests();
  const api = await scenewright.activate();
  const socket = connect(port, '127.0.0.1');
  context.subscriptions.push({ dispose: () => socket.destroy() });
  // Whoever listened there is gone, and with it the use of this window.
  socket.on('error', () => undefined);
  const say = (what: Hello | Answer): void => {
    socket.write(`${JSON.stringify(what)}\n`);
  };
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const shown = workspaceFile ?? workspaceFolders[0]?.uri;
  say({ pid: process.pid, workspace: shown?.fsPath ?? '', folders: workspaceFolders.length });
  createInterface(socket).on('line', (line) => {
    const { id, ...ask } = JSON.parse(line) as Asked;
    void done(ask, api).then(
      (value) => {
        say({ id, value });
      },
      (error: unknown) => {
        say({ id, error: error instanceof Error ? error.message : String(error) });
      },
    );
  });
}

/**
 * Whoever is asked could look up who is at the other end of a connection, but not any more once that has
 * been killed. So each request says it itself.
 */
function signRequests(): void {
  subscribe('undici:request:create', (message) => {
    const { request } = message as {
      request: { origin: unknown; addHeader(name: string, value: string): void };
    };
    const isOurs = String(request.origin).startsWith('http://127.0.0.1:');
    if (isOurs) request.addHeader(askerHeader, String(process.pid));
  });
}

async function done(ask: Ask, api: ScenewrightApi): Promise<unknown> {
  switch (ask.do) {
    case 'run':
      return vscode.commands.executeCommand(
        ask.command,
        // What came over the line is nobody's word; this hand is the person's.
        ask.argument && { ...ask.argument, consent: api.consent },
      );
    case 'show': {
      const document = await vscode.workspace.openTextDocument(ask.file);
      await vscode.window.showTextDocument(document, {
        viewColumn: vscode.ViewColumn.One,
        preview: false,
      });
      return undefined;
    }
    case 'look':
      return look(api);
  }
}

function look(api: ScenewrightApi): Look {
  return {
    documents: vscode.workspace.textDocuments
      .filter(({ uri, isClosed }) => uri.scheme === 'file' && !isClosed)
      .map((document) => ({
        file: document.uri.fsPath,
        text: document.getText(),
        isDirty: document.isDirty,
      })),
    jobs: api.jobs(),
  };
}
