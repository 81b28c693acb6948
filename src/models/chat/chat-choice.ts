import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { firstFew } from '../../base/lists.ts';

/** A language model as an editor names it. */
export interface OfferedModel {
  /** Who brings it, such as `copilot`. */
  readonly vendor: string;
  /** Its identifier, unique for the vendor. */
  readonly id: string;
}

/** The stable name of a model, for the settings: `copilot/gpt-5-mini`. */
export function modelKey({ vendor, id }: OfferedModel): string {
  return `${vendor}/${id}`;
}

/** The vendor that a {@link modelKey} begins with; `undefined` where it has none. */
export function vendorOf(key: string): string | undefined {
  const end = key.indexOf('/');
  return end < 1 ? undefined : key.slice(0, end);
}

/**
 * The model that the settings name. Without a name the only one there is: which of several writes,
 * and on whose bill, is nobody's guess.
 *
 * @param key of {@link modelKey}, or empty where nothing has been chosen
 * @throws ScenewrightError `bad-input` saying what there is to choose from
 */
export function chooseModel<M extends OfferedModel>(offered: readonly M[], key: string): M {
  const wanted = key.trim();
  const [first] = offered;
  const found =
    wanted === ''
      ? offered.length === 1
        ? first
        : undefined
      : offered.find((model) => modelKey(model) === wanted);
  if (found !== undefined) return found;
  throw new ScenewrightError('bad-input', whyNot(offered, wanted), { next: 'choose-writer' });
}

/** More names than this would bury the point. */
const mostNames = 8;

function whyNot(offered: readonly OfferedModel[], wanted: string): string {
  const command = t('“Scenewright: Choose Writer Model…”');
  if (offered.length === 0) {
    const what =
      wanted === ''
        ? t('No language model is available in VS Code.')
        : t('VS Code offers no language model at the moment, so “{0}” cannot write.', wanted);
    return t(
      '{0} Sign in to GitHub Copilot or install an extension that brings models, or choose another writer with {1}.',
      what,
      command,
    );
  }
  const names = firstFew(offered.map(modelKey), mostNames);
  return wanted === ''
    ? t(
        'Several language models are available in VS Code ({0}). Choose the one that writes with {1}.',
        names,
        command,
      )
    : t(
        'VS Code does not offer the model “{0}” that the settings name. Choose another with {1}; there are {2}.',
        wanted,
        command,
        names,
      );
}
