import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';
import { recordOf, sceneOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { renameEverywhere } = await import('../../../../src/editor/pictures/rename-everywhere.ts');
const { ProposedMoves } = await import('../../../../src/editor/pictures/proposed-moves.ts');

describe('renaming whom a picture is being drawn of', () => {
  const uri = { fsPath: '/stories/lamp.md', toString: () => 'file:///stories/lamp.md' };
  const document = { uri, version: 1 } as unknown as TextDocument;
  const script = parseScript(sampleScript(2, [0, 1]));

  const sheet = (title: string, state: OrderState, more: Partial<JobRecord> = {}): JobRecord =>
    recordOf({
      ...{ id: 'sheet', script: uri.toString(), drawing: 'character' },
      scene: { ...sceneOf(1), id: '', title },
      posterTried: true,
      orders: [{ kind: 'picture', state, attempt: 0, accounts: [] }],
      ...more,
    });

  const refused = async (...jobs: readonly JobRecord[]): Promise<boolean> => {
    const renaming = { document, script, name: 'Mara', wanted: 'Ines' };
    const error: unknown = await renameEverywhere(renaming, jobs, new ProposedMoves()).catch(
      (reason: unknown) => reason,
    );
    return (
      error instanceof Error && error.message.startsWith('The picture of Mara is being drawn.')
    );
  };

  it('waits until the picture is in the script, where it is known by the name', async () => {
    for (const state of ['queued', 'accepted', 'saved'] as const) {
      assert.equal(await refused(sheet('MARA', state)), true, state);
    }
  });

  it('does not wait for what is settled or came to nothing, or for pictures of others', async () => {
    assert.equal(await refused(sheet('Mara', 'saved', { settled: true })), false);
    assert.equal(await refused(sheet('Mara', 'failed')), false);
    assert.equal(await refused(sheet('Mara', 'unclear')), false);
    assert.equal(await refused(sheet('Old Tom', 'accepted')), false);
    assert.equal(await refused(sheet('Mara', 'accepted', { script: 'file:///other.md' })), false);
  });
});
