import assert from 'node:assert/strict';
import type { ExtensionContext } from 'vscode';
import { cancelledError, ScenewrightError } from '../../../../src/base/errors.ts';
import { commands, notifications } from '../../../support/fake-vscode.ts';

const { chosenByHand } = await import('../../../../src/editor/commands/caller.ts');
const { command } = await import('../../../../src/editor/commands/register-commands.ts');
const { Registration } = await import('../../../../src/editor/commands/registration.ts');

interface Part {
  dispose(): unknown;
}

function begun(): { registration: InstanceType<typeof Registration>; parts: Part[] } {
  const parts: Part[] = [];
  const context = { subscriptions: parts } as unknown as ExtensionContext;
  return { registration: new Registration(context), parts };
}

describe('what a feature is registered with', () => {
  it('starts the features in their order, and closes the last of them first', async () => {
    const { registration } = begun();
    const told: string[] = [];
    for (const name of ['accounts', 'jobs']) {
      registration.onStart(async () => {
        await Promise.resolve();
        told.push(`start ${name}`);
      });
      registration.onClose(async () => {
        await Promise.resolve();
        told.push(`close ${name}`);
      });
    }
    await registration.start();
    await registration.close();
    assert.deepEqual(told, ['start accounts', 'start jobs', 'close jobs', 'close accounts']);
  });

  it('has parts and commands go with the extension', async () => {
    const { registration, parts } = begun();
    let disposed = 0;
    registration.own({ dispose: () => disposed++ });
    registration.commands({ 'scenewright.test': command(() => Promise.resolve(undefined)) });
    await commands.executeCommand('scenewright.test');
    for (const part of parts) part.dispose();
    assert.equal(disposed, 1);
    await assert.rejects(commands.executeCommand('scenewright.test'), /not found/u);
  });
});

describe('a command', () => {
  const failure = new ScenewrightError('bad-input', 'There is no scene 4.');
  let error: Error = failure;
  let parts: Part[];

  before(() => {
    const begin = begun();
    ({ parts } = begin);
    begin.registration.commands({
      'scenewright.test': command<{ readonly scene: number }>(() => Promise.reject(error)),
      'scenewright.selected': command<{ readonly scene: number }, unknown>(
        (_argument, { selection, interactive }) => Promise.resolve({ selection, interactive }),
      ),
    });
  });

  beforeEach(() => {
    error = failure;
    notifications.length = 0;
  });

  after(() => {
    for (const part of parts) part.dispose();
  });

  it('rejects where automation has called it, and shows nothing', async () => {
    await assert.rejects(commands.executeCommand('scenewright.test', { scene: 4 }), failure);
    assert.deepEqual(notifications, []);
  });

  it('shows a person what went wrong, and rejects nothing', async () => {
    await commands.executeCommand('scenewright.test');
    await commands.executeCommand('scenewright.test', chosenByHand({ scene: 4 }));
    await commands.executeCommand('scenewright.test', { scene: 4, isLink: true });
    assert.deepEqual(
      notifications.map(({ message }) => message),
      Array(3).fill('There is no scene 4.'),
    );
  });

  it('says nothing where a person has thought better of it', async () => {
    error = cancelledError('The render');
    await commands.executeCommand('scenewright.test');
    assert.deepEqual(notifications, []);
  });

  it('is given the selected rows of a tree, and only what our own trees select', async () => {
    const row = chosenByHand({ scene: 1 });
    const other = chosenByHand({ scene: 2 });
    assert.deepEqual(await commands.executeCommand('scenewright.selected', row, [row, other]), {
      selection: [row, other],
      interactive: true,
    });
    assert.deepEqual(
      await commands.executeCommand('scenewright.selected', { scene: 1 }, [{ scene: 2 }]),
      { selection: [{ scene: 1 }], interactive: false },
    );
  });
});
