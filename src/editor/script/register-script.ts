import type { Registration } from '../commands/registration.ts';
import { ScriptProblems } from './problems.ts';
import { ScriptMoves } from './script-moves.ts';
import { Scripts } from './scripts.ts';

export interface ScriptTools {
  readonly scripts: Scripts;
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
  const scripts = registration.own(new Scripts());
  const moves = registration.own(new ScriptMoves());
  registration.own(new ScriptProblems(scripts, clipSeconds));
  return { scripts, moves };
}
