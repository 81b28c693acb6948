import assert from 'node:assert/strict';
import { ScenewrightError, type ErrorCode, type NextStep } from '../../../../src/base/errors.ts';
import { answerWith, commands, notifications } from '../../../support/fake-vscode.ts';

const { actionOf, ErrorWithAction } = await import('../../../../src/editor/ui/error-action.ts');
const { Messages } = await import('../../../../src/editor/ui/messages.ts');

describe('what a person is told of an error', () => {
  const messages = new Messages();
  const run: string[] = [];
  const commandOf: Record<NextStep, string> = {
    'write-scenes': 'scenewright.writeScenes',
    'render-scenes': 'scenewright.renderScenes',
    'new-script': 'scenewright.newScript',
    'open-folder': 'workbench.action.files.openFolder',
    'choose-writer': 'scenewright.chooseWriter',
    'choose-studio': 'scenewright.chooseStudio',
    'choose-picture-studio': 'scenewright.choosePictureStudio',
    'add-account': 'scenewright.addAccount',
  };
  const parts = [...Object.values(commandOf), 'scenewright.manageAccounts'].map((id) =>
    commands.registerCommand(id, () => Promise.resolve(run.push(id))),
  );

  beforeEach(() => {
    notifications.length = 0;
    run.length = 0;
    answerWith(undefined);
  });
  after(() => {
    for (const part of parts) part.dispose();
    answerWith(undefined);
    messages.dispose();
  });

  it('is no alarm, and no log, where any day brings it', () => {
    const codes: ErrorCode[] = ['bad-input', 'bad-script', 'budget', 'rate-limit', 'refused'];
    for (const code of codes) messages.error(new ScenewrightError(code, `It is ${code}.`));
    assert.deepEqual(
      notifications,
      codes.map((code) => ({ kind: 'warning', message: `It is ${code}.`, buttons: [] })),
    );
  });

  it('is one, with the log, where nobody could foresee it', () => {
    messages.error(new Error('defect'));
    messages.error(new ScenewrightError('disk', 'The disk is full.'));
    assert.deepEqual(
      notifications.map(({ kind, buttons }) => [kind, buttons]),
      Array(2).fill(['error', ['Show Log']]),
    );
  });

  it('has one button, which does what leads on', async () => {
    for (const [next, command] of Object.entries(commandOf) as [NextStep, string][]) {
      messages.error(new ScenewrightError('bad-input', 'First something else.', { next }));
      const [button] = notifications.at(-1)?.buttons ?? [];
      assert.ok(button, next);
      answerWith(button);
      messages.error(new ScenewrightError('bad-input', 'First something else.', { next }));
      await new Promise(setImmediate);
      assert.equal(run.at(-1), command);
      answerWith(undefined);
    }
  });

  it('goes on with what was stopped once what was missing is set up, and only then', async () => {
    const steps = Object.keys(commandOf) as NextStep[];
    const goesOn: string[] = [];
    for (const next of steps) {
      const error = new ScenewrightError('bad-input', 'First something else.', { next });
      answerWith(actionOf(error)?.label);
      messages.error(error, () => goesOn.push(next));
      await new Promise(setImmediate);
    }
    assert.deepEqual(goesOn, [
      'choose-writer',
      'choose-studio',
      'choose-picture-studio',
      'add-account',
    ]);
    // The writer left the dialog, or never entered it.
    for (const part of parts) part.dispose();
    for (const id of Object.values(commandOf)) {
      parts.push(commands.registerCommand(id, () => Promise.resolve(undefined)));
    }
    for (const next of steps) {
      const error = new ScenewrightError('bad-input', 'First something else.', { next });
      for (const answer of [actionOf(error)?.label, undefined]) {
        answerWith(answer);
        messages.error(error, () => assert.fail('It went on.'));
        await new Promise(setImmediate);
      }
    }
  });

  it('leads to the accounts where it is about one, unless something else is nearer', async () => {
    messages.error(new ScenewrightError('account', 'The key was refused.'));
    let isDone = false;
    messages.error(
      new ErrorWithAction('account', 'May it be sent?', {
        label: 'Send It',
        run: () => (isDone = true),
      }),
    );
    assert.deepEqual(
      notifications.map(({ buttons }) => buttons),
      [['Manage Accounts'], ['Send It']],
    );
    answerWith('Send It');
    messages.error(
      new ErrorWithAction('account', 'May it be sent?', {
        label: 'Send It',
        run: () => (isDone = true),
      }),
    );
    await new Promise(setImmediate);
    assert.ok(isDone);
  });
});
