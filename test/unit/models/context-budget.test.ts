import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Beat, Brief, Plan, Scene } from '../../../src/script/script-model.ts';
import { defaultContextTokens } from '../../../src/models/prompts/context-budget.ts';
import { scenePrompt, systemPrompt } from '../../../src/models/prompts/scene-prompts.ts';
import type { SceneTask } from '../../../src/models/writer-tasks.ts';
import { tokensOf } from '../../../src/models/language-model/token-estimate.ts';
import { beatOf, brief, planOf } from '../writing/writing-support.ts';

/** Text of so many words, different for every seed. */
function words(count: number, seed: number): string {
  return Array.from({ length: count }, (_, i) => `w${(seed * 31 + i * i * 7) % 997}`).join(' ');
}

function longPlan(beats: number, size = 20): Plan {
  const plan = planOf(beats);
  return {
    ...plan,
    outline: plan.outline.map((beat, i) => ({
      ...beat,
      seconds: 4 + (i % 3) * 4,
      summary: `Beat summary ${i + 1}: ${words(size, i)}.`,
      contract: { ...beat.contract, entry: words(size, i + 1), exit: words(size, i + 2) },
    })),
  };
}

function sceneOf(beat: Beat, size = 60): Scene {
  const { id, title, seconds, place, time, cast } = beat;
  const seed = Number(id.slice(1));
  return {
    ...{ id, title, seconds, place, time, cast },
    action: `Full action of ${id}: ${words(size, seed)}. The end of ${id}.`,
    dialogue: [{ speaker: 'Mara', tone: '', line: `A line of ${id}.` }],
    narration: '',
    sound: '',
    prompt: `Full prompt of ${id}: ${words(size, seed + 1)}.`,
  };
}

interface Case {
  readonly plan: Plan;
  readonly scenes: readonly Scene[];
  /** From 0. */
  readonly index: number;
  readonly written: number;
  readonly contextTokens: number;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    beats: fc.integer({ min: 1, max: 160 }),
    summary: fc.integer({ min: 1, max: 60 }),
    action: fc.integer({ min: 1, max: 200 }),
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    unseen: fc.nat(8),
    contextTokens: fc.integer({ min: 2_500, max: 40_000 }),
  })
  .map(({ beats, summary, action, at, unseen, contextTokens }) => {
    const plan = longPlan(beats, summary);
    const index = Math.floor(at * beats);
    return {
      plan,
      scenes: plan.outline.map((beat) => sceneOf(beat, action)),
      index,
      written: Math.max(0, index - unseen),
      contextTokens,
    };
  });

function taskOf({ plan, scenes, index, written }: Case): SceneTask {
  const beat = plan.outline[index];
  assert.ok(beat);
  return { ...plan, kind: 'scene', brief, beat, finished: scenes.slice(0, written) };
}

function promptOf(one: Case): string {
  return scenePrompt(taskOf(one), one.contextTokens);
}

function sizeOf(prompt: string, of: Brief = brief): number {
  return tokensOf(systemPrompt(of)) + tokensOf(prompt);
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Where the part begins that is a scene's own. */
function ownPart(prompt: string): number {
  const starts = ['# Written after it', '# The scenes around yours', '# Your scene']
    .map((heading) => prompt.indexOf(heading))
    .filter((start) => start !== -1);
  return Math.min(...starts);
}

describe('the context of a scene', () => {
  it('never takes more tokens than it may, unless what is always there does', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const task = taskOf(one);
        const bare = { ...task, outline: [task.beat], finished: [] };
        const most = Math.max(one.contextTokens, sizeOf(scenePrompt(bare, one.contextTokens)));
        assert.ok(sizeOf(scenePrompt(task, one.contextTokens)) <= most);
      }),
    );
  });

  it('keeps to it for a rewrite too, whose neighbours are written on both sides', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { plan, scenes, index } = one;
        const scene = scenes[index];
        assert.ok(scene);
        const finished = scenes.toSpliced(index, 1);
        const task = { ...taskOf(one), finished, rewrite: { scene, instruction: 'Shorter.' } };
        const bare = { ...task, outline: [task.beat], finished: [] };
        const core = sizeOf(scenePrompt(bare, one.contextTokens));
        const prompt = scenePrompt(task, one.contextTokens);
        assert.ok(sizeOf(prompt) <= Math.max(one.contextTokens, core));
        assert.ok(prompt.includes('Shorter.') && prompt.includes(`Full action of ${scene.id}:`));
        assert.equal(plan.outline.length, scenes.length);
      }),
    );
  });

  it('has the scene before in full wherever that fits beside what is always there', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const task = taskOf(one);
        const before = task.finished.at(-1);
        fc.pre(before !== undefined);
        const bare = { ...task, outline: [task.beat], finished: [] };
        const full = tokensOf(`${before.action}\n${before.prompt}`) + 80;
        // 400 tokens are kept free for headings and for a complaint about the last answer.
        if (sizeOf(scenePrompt(bare, one.contextTokens)) + full + 400 > one.contextTokens) return;
        const prompt = scenePrompt(task, one.contextTokens);
        assert.ok(prompt.includes(before.action) && prompt.includes(before.prompt));
      }),
    );
  });

  it('is the same up to their own part for all scenes that see the same written ones', () => {
    fc.assert(
      fc.property(cases, fc.nat(6), (one, further) => {
        // Below this, some requests have to do without neighbours or outline for the scene before.
        fc.pre(one.contextTokens >= 8_000);
        const other = { ...one, index: Math.min(one.index + further, one.plan.outline.length - 1) };
        const [a, b] = [promptOf(one), promptOf(other)];
        assert.equal(ownPart(a), ownPart(b));
        assert.ok(commonStart(a, b) >= ownPart(a));
      }),
    );
  });

  it('begins, most of the time, with all that the request before was told', () => {
    const plan = longPlan(60);
    const scenes = plan.outline.map((beat) => sceneOf(beat));
    let kept = 0;
    for (let index = 1; index < 59; index++) {
      const base = { plan, scenes, written: index, contextTokens: 24_000 };
      const now = promptOf({ ...base, index });
      const next = promptOf({ ...base, index: index + 1, written: index + 1 });
      const outline = now.indexOf('# Written so far');
      assert.ok(commonStart(now, next) >= outline, 'bible and outline always stay');
      if (commonStart(now, next) >= ownPart(now)) kept++;
    }
    assert.ok(kept >= 40, `${kept} of 58`);
  });

  it('tells near scenes in full, older ones by a line, and says when the oldest are left out', () => {
    const plan = longPlan(120, 4);
    const scenes = plan.outline.map((beat) => sceneOf(beat));
    const base = { plan, scenes, index: 110, written: 110 };
    const roomy = promptOf({ ...base, contextTokens: 32_000 });
    assert.match(roomy, /\n1\. Beat 1: Full action of s00001: /);
    assert.doesNotMatch(roomy, /Full prompt of s00001:/);
    assert.doesNotMatch(roomy, /left out/);
    assert.match(roomy, /Full prompt of s00110:/);
    assert.match(roomy, /Full prompt of s00104:/);
    const tight = promptOf({ ...base, contextTokens: 6_000 });
    assert.match(tight, /Full prompt of s00110:/);
    assert.match(tight, /\(Earlier scenes are left out here\.\)/);
    assert.doesNotMatch(tight, /Full action of s00001:/);
  });

  it('tells the outline as fully as all scenes can afford, and alike to all', () => {
    const outline = (beats: number, contextTokens: number, index: number): string => {
      const plan = longPlan(beats);
      const prompt = promptOf({ plan, scenes: [], index, written: 0, contextTokens });
      return prompt.slice(prompt.indexOf('# Outline'), prompt.indexOf('# Written so far'));
    };
    assert.match(outline(20, 24_000, 3), /20\. Beat 20 .*Beat summary 20[^#]*Hand-off: /s);
    assert.match(outline(80, 24_000, 3), /80\. Beat 80 \(.*Beat summary 80/);
    assert.doesNotMatch(outline(80, 24_000, 3), /Hand-off: /);
    assert.match(outline(300, 12_000, 3), /300\. Beat 300\n/);
    for (const [beats, tokens] of [[20, 24_000] as const, [80, 24_000] as const]) {
      assert.equal(outline(beats, tokens, 3), outline(beats, tokens, beats - 1));
    }
    const stretch = outline(1_300, 8_000, 700);
    assert.match(stretch, /700\. Beat 700\n/);
    assert.match(stretch, /\(Scenes 1–\d+ come before these\.\)/);
  });

  it('has the contracts of the neighbours, and the next scene where it is written already', () => {
    const plan = longPlan(30, 5);
    const scenes = plan.outline.map((beat) => sceneOf(beat));
    const base = { plan, scenes, index: 10, written: 10, contextTokens: 16_000 };
    const finished = scenes.toSpliced(10, 1);
    const prompt = scenePrompt({ ...taskOf(base), finished }, base.contextTokens);
    const own = prompt.slice(ownPart(prompt));
    assert.match(own, /# Written after it\n12\. Beat 12 [^#]*Full prompt of s00012:/);
    assert.doesNotMatch(own, /Full prompt of s00013:/);
    assert.match(own, /\n13\. Beat 13: Full action of s00013/);
    assert.match(
      own,
      /# The scenes around yours\n9\. [^#]*10\. [^#]*12\. [^#]*13\. [^#]*\n\n# Your/,
    );
    assert.doesNotMatch(prompt.slice(0, ownPart(prompt)), /Full action of s00012/);
  });

  it('follows the outline where the writer has moved scenes about', () => {
    const plan = longPlan(6, 3);
    const scenes = plan.outline.map((beat) => sceneOf(beat));
    const beat = plan.outline[3] ?? beatOf(4);
    const finished = [scenes[2], scenes[0], scenes[1]].filter((scene) => scene !== undefined);
    const prompt = scenePrompt({ ...plan, kind: 'scene', brief, beat, finished }, 8_000);
    const order = ['s00001', 's00002', 's00003'].map((id) =>
      prompt.indexOf(`Full action of ${id}`),
    );
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  });
});

describe('the count of tokens', () => {
  // Counts by o200k_base, the encoding of OpenAI's newer models.
  const counted: readonly (readonly [string, string, number])[] = [
    [
      'en',
      "Tom's coat hangs by the door. He reaches for it, stops, and puts the letter back into the drawer where nobody will look.",
      27,
    ],
    [
      'vi',
      'Chiếc áo khoác của ông treo cạnh cửa. Ông với tay, dừng lại, rồi cất lá thư vào ngăn kéo nơi không ai nhìn thấy.',
      36,
    ],
    [
      'ru',
      'Мара поднимается по последним ступеням с маслёнкой в левой руке. Мальчик ждёт у стекла, рукава ему велики. Она ставит маслёнку и дважды поворачивает кольцо.',
      53,
    ],
    [
      'ja',
      'マラは左手に油差しを持って最後の階段を上る。少年はガラスのそばで待っている。袖が長すぎる。彼女は油差しを置き、指輪を二度回す。',
      57,
    ],
    [
      'zh',
      '玛拉左手提着油壶走上最后几级台阶。男孩在玻璃旁等着，袖子太长。她放下油壶，把戒指转了两圈。',
      45,
    ],
    [
      'ar',
      'تصعد مارا الدرجات الأخيرة وفي يدها اليسرى علبة الزيت. ينتظر الصبي بجانب الزجاج وأكمامه طويلة جدا. تضع العلبة وتدير الخاتم مرتين.',
      45,
    ],
  ];
  for (const [language, text, tokens] of counted) {
    it(`is near the real one and not below it in ${language}`, () => {
      const estimate = tokensOf(text);
      assert.ok(estimate >= tokens * 0.95, `${estimate} for ${tokens}`);
      assert.ok(estimate <= tokens * 1.4, `${estimate} for ${tokens}`);
    });
  }

  it('may be taken part by part', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        assert.ok(tokensOf(a + b) <= tokensOf(a) + tokensOf(b));
        assert.ok(tokensOf(a + b) >= tokensOf(a) + tokensOf(b) - 1);
      }),
    );
  });
});

describe('the default budget', () => {
  it('is large for hosted models and small for those that run on a desk', () => {
    const budget = defaultContextTokens;
    for (const large of ['gpt-5', 'gpt-4.1', 'Claude Sonnet 4', 'google/gemini-2.5-pro', 'o3']) {
      assert.equal(budget(large), 32_000, large);
    }
    for (const middle of ['gpt-5-mini', 'gpt-4o-mini', 'claude-haiku-4', 'gemini-2.5-flash']) {
      assert.equal(budget(middle), 24_000, middle);
    }
    for (const small of [
      'llama3.1:8b',
      'qwen2.5-7b-instruct',
      'gemma3:4b',
      'phi-4',
      'Qwen3-0.6B',
    ]) {
      assert.equal(budget(small), 6_000, small);
    }
    assert.equal(budget('meta-llama/llama-3.3-70b-instruct'), 16_000);
    assert.equal(budget('my-own-model'), 8_000);
  });
});
