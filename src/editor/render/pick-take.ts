import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { takeLine, type TakeShown } from '../jobs/take-list.ts';
import { pickOneOrPress } from '../ui/window.ts';

interface TakeItem extends vscode.QuickPickItem {
  readonly meant: TakeShown | 'newest';
}

/**
 * Let the writer pick a take of a scene that is here. Enter picks; the button of a row opens its clip.
 *
 * @param title of the scene
 * @param isToDelete then leaving it open which one counts is no answer
 */
export async function pickTake(
  title: string,
  takes: readonly TakeShown[],
  { isToDelete = false } = {},
): Promise<TakeItem['meant'] | undefined> {
  const here = takes.filter(({ state }) => state === 'here');
  const items = here.toReversed().map(itemOf);
  const newest: TakeItem = {
    label: t('The newest take'),
    description: here.some(({ chosen }) => chosen) ? '' : t('chosen'),
    meant: 'newest',
  };
  const picked = await pickOneOrPress(
    isToDelete ? items : [...items, newest],
    {
      title: isToDelete ? t('Delete a take of “{0}”', title) : t('Takes of “{0}”', title),
      placeHolder: isToDelete ? t('Which take is to be deleted?') : t('Which take counts?'),
      active: items.find(({ meant }) => meant !== 'newest' && meant.counts),
    },
    { icon: 'play', tooltip: t('Open Clip'), press: open },
  );
  return picked?.meant;
}

function open({ meant }: TakeItem): void {
  if (meant === 'newest' || meant.file === undefined) return;
  void vscode.commands.executeCommand('vscode.open', vscode.Uri.file(meant.file), {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
  });
}

function itemOf(shown: TakeShown): TakeItem {
  const { take, poster, instruction } = shown;
  return {
    label: t('Take {0}', take),
    description: takeLine(shown),
    ...(instruction === undefined ? {} : { detail: instruction }),
    ...(poster === undefined ? {} : { iconPath: vscode.Uri.file(poster) }),
    meant: shown,
  };
}
