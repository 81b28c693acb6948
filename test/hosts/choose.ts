import { CodeServerHost } from './code-server/host.ts';
import { DesktopHost } from './desktop.ts';
import type { EditorHost } from './host.ts';

/**
 * The host for this machine: what npm alone can bring on Linux, VS Code for the desktop on macOS and
 * Windows, where it needs no display server.
 *
 * @param cache folder for what is installed, such as `.vscode-test`
 */
export async function chooseHost(cache: string): Promise<EditorHost> {
  return process.platform === 'linux' ? CodeServerHost.at(cache) : new DesktopHost(cache);
}
