import type { Registration } from '../commands/registration.ts';
import { ScriptDiagnostics } from './script-diagnostics.ts';
import { ScriptMoves } from './script-moves.ts';
import { OpenScripts } from './open-scripts.ts';

export interface ScriptTools {
  readonly scripts: OpenScripts;
  readonly moves: ScriptMoves;
}

/**
 * The scripts that are open, and what is wrong with them.
 *
 * @param clipSeconds lengths that the chosen studio can render
 */
export function registerScript(
  registration: Registration,
  { clipSeconds }: { readonly clipSeconds: () => Promise<readonly number[]> },
): ScriptTools {
  const scripts = registration.own(new OpenScripts());
  const moves = registration.own(new ScriptMoves());
  registration.own(new ScriptDiagnostics(scripts, clipSeconds));
  return { scripts, moves };
}
