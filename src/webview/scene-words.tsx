import type { VNode } from 'preact';
import type { SceneShown } from './protocol.ts';
import type { Texts } from './text.ts';

interface SceneWordsProps {
  readonly scene: SceneShown;
  readonly texts: Texts;
}

/** What a scene says: what is seen and heard, who is in it, and what a studio is asked for. */
export function SceneWords({ scene, texts }: SceneWordsProps): VNode {
  const { cast, prompt } = scene;
  return (
    <div class="scene-words">
      <SeenAndHeard scene={scene} texts={texts} />
      {cast.length > 0 && (
        <dl class="cast" aria-label={texts.get('cast')}>
          {cast.map(({ name, look, picture }) => (
            <div key={name} class="member">
              <dt dir="auto">
                {picture !== undefined && (
                  <img
                    class="member-picture"
                    src={picture}
                    alt=""
                    loading="lazy"
                    decoding="async"
                  />
                )}
                {name}
              </dt>
              {look !== '' && <dd dir="auto">{look}</dd>}
            </div>
          ))}
        </dl>
      )}
      {prompt !== undefined && (
        <details class="prompt">
          <summary>{texts.get('prompt')}</summary>
          <p class="prompt-text" dir="auto">
            {prompt}
          </p>
        </details>
      )}
    </div>
  );
}

/** What is seen and heard in a scene; while it is not written, what its beat says. */
export function SeenAndHeard({ scene, texts }: SceneWordsProps): VNode {
  const { summary, action, dialogue = [], narration, sound } = scene;
  return (
    <>
      {paragraphs(action ?? summary)}
      {dialogue.map(({ speaker, tone, line }, index) => (
        <p key={index} class="spoken" dir="auto">
          <b>{speaker}</b>
          {tone !== '' && <i class="tone"> ({tone})</i>} {line}
        </p>
      ))}
      {labelled(texts.get('narration'), narration)}
      {labelled(texts.get('sound'), sound)}
    </>
  );
}

function paragraphs(text: string | undefined): VNode[] {
  if (text === undefined) return [];
  return text.split(/\n{2,}/).map((part, index) => (
    <p key={index} dir="auto">
      {part}
    </p>
  ));
}

function labelled(label: string, text: string | undefined): VNode | null {
  if (text === undefined) return null;
  return (
    <p class="labelled" dir="auto">
      <span class="label">{label}</span> {text}
    </p>
  );
}
