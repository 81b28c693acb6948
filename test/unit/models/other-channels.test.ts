import assert from 'node:assert/strict';
import { z } from 'zod';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { declineAmong, isDecline } from '../../../src/models/language-model/declines.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import { chunks, streamed, type Answer, useLoopback } from './openai-loopback.ts';

const lamp = { title: 'The lamp', lit: true };
const json = JSON.stringify(lamp);
const [head, tail] = [json.slice(0, 9), json.slice(9)];
const stop = { choices: [{ delta: {}, finish_reason: 'stop' }] };

const delta = (value: Record<string, unknown>): unknown => ({ choices: [{ delta: value }] });
const whole =
  (message: Record<string, unknown>): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
  };

describe('what a model says in another way than as text', () => {
  const { http, server } = useLoopback();

  const ask = (answer: Answer): Promise<unknown> => {
    server.received.length = 0;
    server.answers = [answer];
    return new OpenAiModel({ baseUrl: server.baseUrl, model: 'm', fetch: http.fetch }).answer(
      {
        prompt: { system: 'You write.', user: 'Write about a lamp.' },
        schema: z.object({ title: z.string(), lit: z.boolean() }),
        schemaName: 'lamp',
      },
      { signal: new AbortController().signal },
    );
  };
  const refusal = async (answer: Answer): Promise<ScenewrightError> => {
    const error = await ask(answer).then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ScenewrightError);
    assert.deepEqual([error.code, error.retryable], ['refused', false], error.message);
    assert.equal(server.received.length, 1);
    return error;
  };

  const tool = (args: unknown, index = 0): Record<string, unknown> => ({
    tool_calls: [{ index, id: 'c', function: { name: 'lamp', arguments: args } }],
  });
  const ways: Readonly<Record<string, Answer>> = {
    'thoughts of vLLM': chunks(
      delta({ reasoning_content: head, content: null }),
      delta({ reasoning_content: tail, content: '' }),
      stop,
    ),
    'thoughts of OpenRouter': chunks(
      delta({
        reasoning: `So: ${json}`,
        reasoning_details: [{ type: 'reasoning.text', text: `So: ${json}` }],
      }),
      stop,
    ),
    'thoughts of Ollama': chunks(delta({ thinking: json, content: '' }), stop),
    'details of thoughts alone': chunks(
      delta({ reasoning_details: [{ type: 'reasoning.summary', summary: json }] }),
      stop,
    ),
    'a call of a tool, in pieces': chunks(delta(tool(head)), delta(tool(tail)), stop),
    'an empty call of a tool, and text': chunks(delta(tool('{}')), delta({ content: json }), stop),
    'a call of a tool with data': whole({ content: null, ...tool(lamp) }),
    'a call of a function': whole({ content: null, function_call: { name: 'x', arguments: json } }),
    'parts of Mistral': whole({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'Hm. {"title": "no"}' }] },
        { type: 'text', text: json },
      ],
    }),
    'parts of the Responses API': whole({ content: [{ type: 'output_text', text: json }] }),
    data: whole({ content: lamp }),
    'a wrapper in text': whole({ content: `{"output": ${JSON.stringify(json)}}` }),
  };
  for (const [what, answer] of Object.entries(ways)) {
    it(`is its answer: ${what}`, async () => {
      assert.deepEqual(await ask(answer), lamp);
    });
  }

  it('is no answer while it is only thought of beside one that is said', async () => {
    await assert.rejects(
      ask(chunks(delta({ reasoning_content: json }), delta({ content: '{"title": "A"}' }), stop)),
      { code: 'bad-answer' },
    );
  });

  it('is nothing where it only thought', async () => {
    await assert.rejects(ask(chunks(delta({ reasoning_content: 'Let me think.' }), stop)), {
      code: 'bad-answer',
      message: /answered with nothing/u,
    });
  });

  it('is a refusal in whichever way it comes, with its words', async () => {
    const no = "I'm sorry, but I can't help with this story.";
    for (const answer of [
      streamed(no),
      streamed(`<think>They want {"a story"}.</think>${no}`),
      streamed(JSON.stringify({ error: no })),
      streamed(JSON.stringify({ title: no, lit: false })),
      whole({ content: [{ type: 'refusal', refusal: no }] }),
      whole({ content: null, refusal: no }),
    ]) {
      assert.match(
        (await refusal(answer)).message,
        /declined to write this: I'm sorry, but I can't/u,
      );
    }
  });

  it('is shown where nobody can tell what it means', async () => {
    await assert.rejects(ask(streamed('Nage mag ek nie.')), {
      code: 'bad-answer',
      message: /not JSON: Nage mag ek nie\./u,
    });
  });
});

describe('a no in plain words', () => {
  it('is known in many languages', () => {
    for (const no of [
      "Sorry, I can't assist with that.",
      'I cannot create content of this kind. I would be happy to write another story with you.',
      "I won't be able to write this scene as it goes against my guidelines.",
      'As an AI, I have to respect rules.',
      'Unfortunately, I am unable to write this.',
      'Es tut mir leid, aber dabei kann ich dir nicht helfen.',
      'Je suis désolé, mais je ne peux pas écrire cette scène.',
      'Lo siento, pero no puedo ayudarte con eso.',
      'Desculpe, mas não posso ajudar com isso.',
      'Mi dispiace, ma non posso aiutarti.',
      'Het spijt me, maar ik kan je daar niet bij helpen.',
      'Przykro mi, ale nie mogę w tym pomóc.',
      'Извините, но я не могу помочь с этим.',
      'Üzgünüm, bu konuda yardımcı olamam.',
      'Xin lỗi, tôi không thể viết nội dung này.',
      'Maaf, saya tidak dapat membantu.',
      '抱歉，我无法提供这方面的内容。',
      '很抱歉，我不能协助创作这个场景。',
      '我无法继续这个话题。',
      '申し訳ありませんが、その内容はお手伝いできません。',
      '죄송하지만 그 요청은 도와드릴 수 없습니다.',
      'ขออภัย ฉันไม่สามารถช่วยเรื่องนี้ได้',
      'آسف، لا أستطيع المساعدة في ذلك.',
    ]) {
      assert.ok(isDecline(no), no);
    }
  });

  it('is not what a story tells', () => {
    for (const story of [
      'Mara climbs the stairs. “I cannot write this letter”, she says.',
      'Sorry is the hardest word, thinks Mara as she climbs the stairs to the lamp room, and the wind answers.',
      'I cannot see the sea from here. The lamp has gone out, and nobody comes.',
      'Unfortunately the lamp went out. Mara climbed the stairs, lit it again, and waited for her brother until morning.',
      'INT. LAMP ROOM - NIGHT\nI am sorry, says the keeper.',
      'Title: The lamp\nAction: Mara climbs.',
      'Es tut mir leid um die Lampe. Mara steigt die Treppe hinauf, und der Wind legt sich über die dunkle See.',
      'Here is the story:',
      '',
    ]) {
      assert.ok(!isDecline(story), story);
    }
    const no = "I'm sorry, but I can't help you with that.";
    const scene = {
      title: 'The answer that Mara feared',
      action: 'Mara climbs the stairs, and the clerk looks up.',
      dialogue: [{ speaker: 'Clerk', tone: null, line: no }],
      prompt: 'A clerk shakes his head behind a counter.',
    };
    assert.equal(declineAmong(scene), undefined);
    assert.equal(declineAmong({ ...scene, title: 'No', action: no, prompt: no }), no);
  });
});
