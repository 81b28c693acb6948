import { formatDuration } from './brief.ts';
import { renderYaml } from './front-matter-edits.ts';
import type { Brief } from './model.ts';
import { renderTitle } from './render.ts';
import { normaliseLine } from './text.ts';

/**
 * The document of a script whose plan is not known yet: front matter and a title. Everything else
 * comes as edits.
 *
 * @param brief A valid one; see `validateBrief`.
 * @param title What stands there until the plan brings its own.
 */
export function renderNewScript(brief: Brief, title: string): string {
  const shown = normaliseLine(title) || 'Untitled';
  const { idea, duration, language, style, aspect, structure, instructions } = brief;
  const lines = [
    renderYaml({ scenewright: 1, title: shown, idea }),
    `duration: ${duration} # seconds${duration < 60 ? '' : `: ${formatDuration(duration)}`}\n`,
    renderYaml({ language, style, aspect, structure }),
    instructions === '' ? '' : renderYaml({ instructions }),
  ];
  return `---\n${lines.join('')}---\n\n# ${renderTitle(shown)}\n`;
}
