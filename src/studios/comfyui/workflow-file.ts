import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WorkspaceFiles } from '../workspace-files.ts';
import { readApiWorkflow } from './api-workflow.ts';
import { bindingFileOf, bindingText, withBindingFile } from './binding-file.ts';
import type { Made } from './history-entry.ts';
import { inferBindings } from './infer-bindings.ts';
import { requirePrompt } from './filled-workflow.ts';
import type { BoundWorkflow } from './workflow-shape.ts';

/**
 * A workflow of the workspace with where things go in it: as its file of bindings says, else as it
 * says itself.
 *
 * @param name its path in the workspace
 * @param made what it is run for
 * @throws ScenewrightError `bad-input` where there is none, or it cannot be used
 */
export async function boundWorkflow(
  files: WorkspaceFiles | undefined,
  name: string,
  made: Made = 'video',
): Promise<BoundWorkflow> {
  const workflow = readApiWorkflow(await requireFile(files, name), name);
  const inferred = inferBindings(workflow, name, made);
  const file = bindingFileOf(name);
  const told = await files?.read(file);
  const bindings = told === undefined ? inferred : withBindingFile(workflow, inferred, told, file);
  const bound = { name, workflow, bindings };
  requirePrompt(bound);
  return bound;
}

/**
 * The file of bindings for a workflow as it is first written.
 *
 * @throws ScenewrightError as {@link boundWorkflow}, but not for want of a place for the prompt
 */
export async function firstBindings(
  files: WorkspaceFiles,
  name: string,
): Promise<{ readonly file: string; readonly text: string; readonly hasPrompt: boolean }> {
  const workflow = readApiWorkflow(await requireFile(files, name), name);
  const bindings = inferBindings(workflow, name);
  return {
    file: bindingFileOf(name),
    text: bindingText(workflow, bindings),
    hasPrompt: bindings.places.prompt.length > 0,
  };
}

async function requireFile(files: WorkspaceFiles | undefined, name: string): Promise<string> {
  const text = name === '' ? undefined : await files?.read(name);
  if (text !== undefined) return text;
  throw new ScenewrightError(
    'bad-input',
    t('There is no workflow {0} in this workspace. Nothing was sent.', name),
    {
      advice: t(
        'In ComfyUI choose Workflow, Export (API), put that file into the workspace, and choose it with “Scenewright: Choose Studio for Clips…”.',
      ),
      next: 'choose-studio',
    },
  );
}
