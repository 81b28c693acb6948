import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { PicturePath } from '../../script/script-model.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, type ScriptArgument } from '../script/script-command.ts';

interface PictureArgument extends ScriptArgument {
  /** A picture that the script names, as it names it. */
  readonly picture: PicturePath;
  /** Absolute path of the one to name instead; a person is asked for it. */
  readonly file?: string;
}

/** The commands for the pictures that a script names. */
export function pictureCommands(scripts: OpenScripts) {
  return {
    'scenewright.choosePicture': scriptCommand<PictureArgument, { readonly picture: PicturePath }>(
      scripts,
      async (document, { picture, file }, { caller }) => {
        if (picture === undefined) {
          throw new ScenewrightError('bad-input', t('Which picture is to be another one?'));
        }
        const { choosePicture } = await import('./choose-picture.ts');
        return await choosePicture(document, picture, file, caller);
      },
    ),
  };
}
