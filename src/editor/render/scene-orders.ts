import type * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import type { JobPicture } from '../../jobs/job-pictures.ts';
import { renderProblems, type PlannedClip, type RenderProblem } from '../../jobs/preflight.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { pictureText } from '../../script/picture-text.ts';
import type { RenderChoices } from '../../studios/choices.ts';
import type { TakenPictures } from '../../studios/pictures.ts';
import type { StudioCapabilities } from '../../studios/port.ts';
import type { ChosenStudio } from '../accounts/services.ts';
import { picturesFor } from './order-pictures.ts';
import { choicesFor } from './render-choices.ts';
import type { Selected } from './what-to-render.ts';

/** What a scene asks a studio for. */
export interface SceneOrder<S extends Selected = Selected> extends PlannedClip {
  readonly of: S;
  /** What is asked for beside the prompt; absent where that is nothing. */
  readonly choices?: RenderChoices;
  /** Those that the model does not take are marked so. */
  readonly pictures: readonly JobPicture[];
}

/**
 * What scenes ask a studio for, as their script stands: made here alone, for who orders it and for who only
 * wants to see it.
 */
export class SceneOrders<S extends Selected> {
  /** In words alone, in the order of the scenes. */
  readonly clips: readonly PlannedClip[];
  private readonly uri: vscode.Uri;
  private readonly script: ParsedScript;
  private readonly selected: readonly S[];

  /** @param instruction sent behind what each scene says */
  constructor(
    { uri }: Pick<vscode.TextDocument, 'uri'>,
    script: ParsedScript,
    selected: readonly S[],
    instruction?: string,
  ) {
    this.uri = uri;
    this.script = script;
    this.selected = selected;
    const { bible, brief } = script;
    this.clips = selected.map(({ node: { scene }, number }) => ({
      number,
      seconds: scene.seconds,
      aspect: brief.aspect,
      prompt: sentPrompt(pictureText(scene, bible, brief.style), instruction),
    }));
  }

  /** What the studio would refuse. */
  problems(capabilities: StudioCapabilities): readonly RenderProblem[] {
    return renderProblems(this.clips, capabilities);
  }

  /**
   * Reads the pictures.
   *
   * @param takes which pictures the model takes; absent where it takes none
   * @param chained as for `picturesFor`
   * @throws ScenewrightError `bad-input` that names all pictures that cannot be sent
   */
  async read(
    { terms }: Pick<ChosenStudio, 'terms'>,
    takes: TakenPictures | undefined,
    chained?: ReadonlySet<number>,
  ): Promise<readonly SceneOrder<S>[]> {
    const pictures = await picturesFor(this.uri, this.script, this.selected, takes, chained);
    return this.selected.flatMap((of, index): SceneOrder<S>[] => {
      const clip = this.clips[index];
      if (clip === undefined) return [];
      // The animatic draws what the scene says, and there is nothing to choose.
      const choices = terms === undefined ? undefined : choicesFor(this.script, of.node.scene);
      return [{ ...clip, of, pictures: pictures.get(of.number) ?? [], ...defined({ choices }) }];
    });
  }
}

/** Behind what the scene says, in a paragraph of its own. */
function sentPrompt(prompt: string, instruction: string | undefined): string {
  return instruction === undefined ? prompt : `${prompt}\n\n${instruction}`;
}
