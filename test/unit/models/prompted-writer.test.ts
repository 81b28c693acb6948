import assert from 'node:assert/strict';
import type { Beat, Scene } from '../../../src/script/script-model.ts';
import { ContextOverflow, TruncatedAnswer } from '../../../src/models/answer-errors.ts';
import { ChatModel } from '../../../src/models/chat/chat-model.ts';
import { coded, ScriptedChat, say } from './chat-script.ts';
import type {
  LanguageModel,
  ModelRoom,
  PromptRequest,
} from '../../../src/models/language-model/language-model.ts';
import { tokensOf } from '../../../src/models/language-model/token-estimate.ts';
import { PromptedWriter } from '../../../src/models/prompts/prompted-writer.ts';
import type { OutlineTask, SceneTask, WriterTask } from '../../../src/models/writer-tasks.ts';
import { sceneFromAnswer } from '../../../src/writing/run/scene-from-answer.ts';
import { brief, planOf, sceneAnswer } from '../writing/writing-support.ts';

const { signal } = new AbortController();

const sizeOf = ({ prompt }: Pick<PromptRequest<unknown>, 'prompt'>): number =>
  tokensOf(prompt.system) + tokensOf(prompt.user);

/** A language model of which a test says how it answers; it knows its window if it has one. */
class ScriptedModel implements LanguageModel {
  readonly label = 'Model X';
  readonly asked: PromptRequest<unknown>[] = [];
  window: number | undefined;
  most: number | undefined;
  private readonly respond: (request: PromptRequest<unknown>, number: number) => unknown;

  constructor(respond: (request: PromptRequest<unknown>, number: number) => unknown) {
    this.respond = respond;
  }

  room(): Promise<ModelRoom> {
    const { window, most } = this;
    return Promise.resolve({
      window,
      isAssumed: false,
      answer: most,
      promptBeside: (tokens) => (window === undefined ? undefined : window - tokens),
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
  async answer<T>(request: PromptRequest<T>): Promise<T> {
    this.asked.push(request);
    return this.respond(request, this.asked.length) as T;
  }
}

/** The last scene of a script in which much is written already. */
function longScene(): SceneTask {
  const plan = planOf(40);
  const action = 'The keeper climbs the stairs with a lamp in her hand, and counts them. '.repeat(
    8,
  );
  const finished = plan.outline
    .slice(0, 39)
    .map((beat): Scene => ({ ...sceneFromAnswer(sceneAnswer(beat.id), beat, plan.bible), action }));
  return { kind: 'scene', brief, ...plan, beat: beatAt(plan.outline, 39), finished };
}

function beatAt(outline: readonly Beat[], index: number): Beat {
  return outline[index] ?? assert.fail('there is no such beat');
}

function outlineTask(count: number, before = 0): OutlineTask {
  const plan = planOf(count + before);
  const { title, logline, bible, outline } = plan;
  return {
    kind: 'outline',
    brief,
    shape: { count: count + before, seconds: 8 * (count + before), clipSeconds: [8] },
    core: { title, logline, bible, opening: '' },
    acts: [],
    part: { from: before + 1, to: before + count, before: outline.slice(0, before) },
  };
}

const overflow = (answered?: { readonly value: unknown }): ContextOverflow =>
  new ContextOverflow('Too long.', answered === undefined ? {} : { answered });

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  );

describe('a request to a language model', () => {
  it('is told with less where it was too long, and never the same twice', async () => {
    const model = new ScriptedModel((request) => {
      if (sizeOf(request) > 4000) throw overflow();
      return sceneAnswer('x');
    });
    await new PromptedWriter(model, 12_000).generate(longScene(), { signal });
    const sizes = model.asked.map(sizeOf);
    assert.ok(sizes.length >= 2 && sizes.length <= 4, String(sizes));
    assert.deepEqual(
      [...new Set(sizes)].sort((a, b) => b - a),
      sizes,
    );
  });

  it('is told with less at once where the window is known, and says so', async () => {
    const model = new ScriptedModel(() => sceneAnswer('x'));
    model.window = 4096;
    const notes: string[] = [];
    const onNotice = (note: string): void => {
      notes.push(note);
    };
    const writer = new PromptedWriter(model, 12_000);
    await writer.generate(longScene(), { signal, onNotice });
    const size = model.asked.map(sizeOf)[0] ?? Infinity;
    assert.ok(size < 4096 - 400, String(size));
    assert.equal(notes.length, 1);
    assert.match(notes[0] ?? '', /“Model X” reads 4,096 tokens at once/);
  });

  it('says nothing where nothing had to be left out', async () => {
    const model = new ScriptedModel(() => sceneAnswer('x'));
    model.window = 4096;
    const plan = planOf(2);
    const task: SceneTask = {
      ...longScene(),
      ...plan,
      beat: beatAt(plan.outline, 0),
      finished: [],
    };
    await new PromptedWriter(model, 12_000).generate(task, {
      signal,
      onNotice: () => assert.fail('there is nothing to say'),
    });
  });

  it('begins alike for scenes of different lengths, whatever is left out', async () => {
    const model = new ScriptedModel(() => sceneAnswer('x'));
    model.window = 4096;
    const writer = new PromptedWriter(model, 12_000);
    const task = longScene();
    const outline = task.outline.map((beat, i) => ({ ...beat, seconds: 4 + (i % 3) * 4 }));
    for (const i of [37, 38, 39]) {
      const finished = task.finished.slice(0, 37);
      await writer.generate({ ...task, outline, finished, beat: beatAt(outline, i) }, { signal });
    }
    const beginnings = model.asked.map(({ prompt }) => prompt.user.split('# The scenes around')[0]);
    assert.equal(new Set(beginnings).size, 1);
  });

  it('is given up with the setting named where nothing can be left out', async () => {
    const model = new ScriptedModel(() => {
      throw overflow();
    });
    const task: WriterTask = {
      kind: 'core',
      brief,
      shape: outlineTask(10).shape,
      opening: 10,
    };
    const error = await failure(new PromptedWriter(model, 0).generate(task, { signal }));
    assert.ok(error instanceof ContextOverflow);
    assert.match(error.message, /scenewright\.writer\.contextTokens/);
    assert.equal(model.asked.length, 1);
  });

  it('takes what came of a cut one where nothing shorter can be asked', async () => {
    const value = { title: 'T', logline: 'L', characters: [], places: [{ name: 'P', look: 'l' }] };
    const model = new ScriptedModel(() => {
      throw overflow({ value });
    });
    const task: WriterTask = {
      kind: 'core',
      brief,
      shape: outlineTask(10).shape,
      opening: 10,
    };
    assert.equal(await new PromptedWriter(model, 0).generate(task, { signal }), value);
  });

  it('asks a chat of VS Code with less, too', async () => {
    let first = true;
    const chat = new ScriptedChat(() => {
      if (!first) return [say(JSON.stringify(sceneAnswer('x')))];
      first = false;
      throw coded('Unknown', 'Message exceeds token limit.');
    }, false);
    await new PromptedWriter(new ChatModel(chat), 12_000).generate(longScene(), { signal });
    const [long, short] = chat.asked.map((question) => JSON.stringify(question).length);
    assert.equal(chat.asked.length, 2);
    assert.ok((short ?? 0) < (long ?? 0));
  });

  describe('for a part of an outline', () => {
    it('is not sent where its answer has no room, so that it is asked for in halves', async () => {
      const model = new ScriptedModel(() => assert.fail('it was sent'));
      model.window = 4096;
      const writer = new PromptedWriter(model, 0);
      assert.ok(
        (await failure(writer.generate(outlineTask(40), { signal }))) instanceof TruncatedAnswer,
      );
      model.window = undefined;
      model.most = 2048;
      assert.ok(
        (await failure(writer.generate(outlineTask(40), { signal }))) instanceof TruncatedAnswer,
      );
    });

    it('tells less of the beats before it where there is no room, but the last in full', async () => {
      const model = new ScriptedModel(() => ({}));
      model.window = 4096;
      await new PromptedWriter(model, 0).generate(outlineTask(2, 60), { signal });
      const text = model.asked[0]?.prompt.user ?? '';
      assert.ok(sizeOf(model.asked[0] ?? assert.fail()) < 4096);
      const last = beatAt(planOf(62).outline, 59);
      assert.ok(text.includes(last.contract.exit));
      assert.ok(text.includes('(Earlier beats are left out here.)') || text.includes('\n1. '));
      assert.ok(
        !text.includes(
          'These beats before yours are settled; yours go on from them and repeat none:\n1. Beat 1 (',
        ),
      );
    });

    it('is not sent in halves where a single beat is too long', async () => {
      const model = new ScriptedModel(() => {
        throw overflow();
      });
      assert.ok(
        (await failure(
          new PromptedWriter(model, 0).generate(outlineTask(1), { signal }),
        )) instanceof ContextOverflow,
      );
    });
  });

  describe('that was answered with too much', () => {
    const brokenOff = (): never => {
      throw new TruncatedAnswer('It was cut off.', 'It was cut off because it was too long.');
    };

    it('is asked again for less of just what it asks for', async () => {
      const writer = new PromptedWriter(new ScriptedModel(brokenOff), 0);
      const complaints = new Map<string, string>();
      for (const task of [
        longScene(),
        outlineTask(3),
        {
          kind: 'core',
          brief,
          shape: outlineTask(10).shape,
          opening: 10,
        } as const,
      ]) {
        const error = await failure(writer.generate<WriterTask>(task, { signal }));
        assert.ok(error instanceof TruncatedAnswer);
        complaints.set(task.kind, error.complaint);
      }
      assert.match(complaints.get('scene') ?? '', /two sentences of action/);
      assert.match(complaints.get('outline') ?? '', /each beat in one short sentence/);
      assert.match(complaints.get('core') ?? '', /five characters/);
    });
  });

  describe('and the length of its answer', () => {
    it('is generous by what is asked, or as the writer has set it', async () => {
      const model = new ScriptedModel(() => sceneAnswer('x'));
      await new PromptedWriter(model, 0).generate(longScene(), { signal });
      await new PromptedWriter(model, 0, 700).generate(longScene(), { signal });
      const [suits, set] = model.asked.map(({ length }) => length);
      const usual = tokensOf(JSON.stringify(sceneAnswer('x')));
      assert.ok((suits?.most ?? 0) >= 4 * usual);
      assert.equal(suits?.isSet, undefined);
      assert.deepEqual(set, { most: 700, isSet: true });
    });

    it('parts an outline that is longer than the writer has set it', async () => {
      const model = new ScriptedModel(() => assert.fail('it was sent'));
      const error = await failure(
        new PromptedWriter(model, 0, 700).generate(outlineTask(20), { signal }),
      );
      assert.ok(error instanceof TruncatedAnswer);
    });
  });
});
