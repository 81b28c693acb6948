import assert from 'node:assert/strict';
import { videoName } from '../../../src/jobs/video-name.ts';

describe('the name of the assembled video', () => {
  it("is the script's own", () => {
    assert.equal(videoName('the lamp', 'stories/the lamp.md', []), 'the lamp.mp4');
  });

  it('is never that of a clip', () => {
    assert.equal(videoName('scene-012', 'scene-012.md', []), 'scene-012-video.mp4');
  });

  it('tells scripts of one name apart by their folders', () => {
    const scripts = ['story.md', 'drafts/story.md', 'drafts/old/story.md'];
    const names = scripts.map((script) =>
      videoName(
        'story',
        script,
        scripts.filter((other) => other !== script),
      ),
    );
    assert.deepEqual(names, ['story.mp4', 'story (drafts).mp4', 'story (drafts-old).mp4']);
  });

  it('refuses where folders do not tell them apart, naming both', () => {
    assert.throws(
      () => videoName('story', 'a/story.md', ['b/story.md', 'a/story.markdown']),
      /a\/story\.md and a\/story\.markdown would be one file\. Rename one/,
    );
    assert.throws(() => videoName('Story', 'a/Story.md', ['A/story.md']), /would be one file/);
  });
});
