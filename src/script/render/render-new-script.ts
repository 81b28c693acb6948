import { t } from '../../base/l10n.ts';
import { secondsExplained } from '../durations/duration-text.ts';
import { renderYaml } from '../edits/edit-front-matter.ts';
import { labelLanguage } from '../parse/label-words.ts';
import type { Brief } from '../script-model.ts';
import { renderTitle } from './render-scene.ts';
import { normaliseLine } from '../normalise-text.ts';

/**
 * The document of a script whose plan is not known yet: front matter and a title. Everything else
 * comes as edits.
 *
 * @param brief A valid one; see `validateBrief`.
 * @param title What stands there until the plan brings its own.
 */
export function renderNewScript(brief: Brief, title: string): string {
  const shown = normaliseLine(title) || t('Untitled');
  const { idea, duration, language, style, aspect, structure, instructions } = brief;
  const lines = [
    renderYaml({ scenewright: 1, title: shown, idea }),
    `duration: ${duration} # ${secondsExplained(duration, labelLanguage(language) ?? 'en')}\n`,
    renderYaml({ language, style, aspect, structure }),
    instructions === '' ? '' : renderYaml({ instructions }),
  ];
  return `---\n${lines.join('')}---\n\n# ${renderTitle(shown)}\n`;
}
