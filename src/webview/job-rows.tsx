import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { FilmView, FromPage, JobAct, JobShown } from './protocol.ts';
import type { TextKey } from './strings.ts';
import type { Texts } from './text.ts';

interface JobRowsProps {
  readonly view: FilmView;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/** The video jobs that are under way or want something, with what can be done about them. */
export function JobRows({ view, texts, post }: JobRowsProps): VNode | null {
  const { jobs = [], moreJobs = 0 } = view;
  if (jobs.length === 0) return null;
  return (
    <section class="jobs" aria-labelledby="jobs">
      <h2 class="heading" id="jobs">
        {texts.get('jobs')}
      </h2>
      <ul class="job-list" role="list">
        {jobs.map((job) => (
          <JobRow key={job.id} {...{ job, texts, post }} />
        ))}
      </ul>
      {moreJobs > 0 && (
        <button
          type="button"
          class="link"
          onClick={() => {
            post({ type: 'jobs' });
          }}
        >
          {texts.get('moreJobs', moreJobs)}
        </button>
      )}
    </section>
  );
}

const faces: Readonly<Record<JobShown['face'], string>> = {
  waiting: 'circle-large-outline',
  working: 'sync',
  paused: 'debug-pause',
  failed: 'error',
};

const acts: Readonly<Record<JobAct, { readonly icon: string; readonly text: TextKey }>> = {
  pause: { icon: 'debug-pause', text: 'jobPause' },
  resume: { icon: 'debug-continue', text: 'jobResume' },
  retry: { icon: 'refresh', text: 'jobRetry' },
  cancel: { icon: 'close', text: 'jobCancel' },
};

function JobRow({
  job,
  texts,
  post,
}: Omit<JobRowsProps, 'view'> & { readonly job: JobShown }): VNode {
  const { cell, title, words, progress, price } = job;
  return (
    <li class="job" data-face={job.face}>
      <Icon name={faces[job.face]} />
      <span class="job-title" title={title}>
        {cell === undefined ? (
          title
        ) : (
          <button
            type="button"
            class="link"
            onClick={() => {
              post({ type: 'reveal', id: cell });
            }}
          >
            {title}
          </button>
        )}
      </span>
      <span class="job-words" title={words}>
        {words}
      </span>
      {price !== undefined && <span class="job-price">{price}</span>}
      <span class="job-acts">
        {job.acts.map((act) => (
          <button
            key={act}
            type="button"
            class="icon-button"
            aria-label={texts.get(acts[act].text, title)}
            title={texts.get(acts[act].text, title)}
            onClick={() => {
              post({ type: 'job', job: job.id, act });
            }}
          >
            <Icon name={acts[act].icon} />
          </button>
        ))}
      </span>
      {progress !== undefined && job.face !== 'failed' && (
        <progress class="job-bar" value={progress} max={1} aria-label={title} />
      )}
    </li>
  );
}
