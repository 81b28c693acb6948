import type { Registration } from '../commands/registration.ts';
import { Marks } from './marks.ts';
import { scriptCommand, type ScriptArgument } from './script-command.ts';
import type { AcceptedMark } from './script-review.ts';
import { ScriptDiagnostics } from './script-diagnostics.ts';
import { ScriptMoves } from './script-moves.ts';
import { OpenScripts } from './open-scripts.ts';

export interface ScriptTools {
  readonly scripts: OpenScripts;
  readonly moves: ScriptMoves;
  readonly marks: Marks;
}

interface AcceptArgument extends ScriptArgument, AcceptedMark {}

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
  const marks = registration.own(new Marks(registration.context.workspaceState));
  const diagnostics = registration.own(new ScriptDiagnostics(scripts, clipSeconds, marks));
  registration.commands(markCommands(scripts, marks, diagnostics));
  return { scripts, moves, marks };
}

/** The command with which a scene that is to be looked at is left as it is. */
export function markCommands(
  scripts: OpenScripts,
  marks: Pick<Marks, 'review'>,
  diagnostics: Pick<ScriptDiagnostics, 'check'>,
) {
  return {
    'scenewright.acceptScene': scriptCommand<AcceptArgument>(scripts, async (document, mark) => {
      await (await marks.review()).accept(document, scripts.parse(document), mark);
      diagnostics.check(document);
      return undefined;
    }),
  };
}
