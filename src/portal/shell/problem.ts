import { SHELL_LINKS, worriedLink } from './shell-links.js';
import type { PageModel } from './page.js';

/** What went wrong, as the door knows it. */
export interface Problem {
  readonly status: number;
  /** The sentence of a refusal (`DomainError.message`). Shown for 409 and 422 only: other kinds have words of their own. */
  readonly message?: string;
  /** For 500: what people can read to us, so that we find it in the log. */
  readonly reference?: string;
}

export interface ProblemModel extends PageModel {
  readonly sentences: readonly string[];
  readonly reference?: string;
  readonly ways: readonly { readonly text: string; readonly href: string }[];
}

interface Words {
  readonly title: string;
  readonly sentences: readonly string[];
}

const WORDS: Readonly<Record<number, Words>> = {
  401: { title: 'Please sign in', sentences: ['You were away for a while, or have not signed in yet.', 'What you had saved is still here.'] },
  403: {
    title: 'You cannot do this',
    sentences: [
      'You do not have the right to do this, or the page was open for too long.',
      'Go back, open the page again and try once more. If you think you should be able to do this, ask us.',
    ],
  },
  404: {
    title: 'We cannot find this page',
    sentences: ['It may have moved, or you may not be able to see it.', 'If you typed the address, check it. If you came from a link, tell us.'],
  },
  409: { title: 'This cannot be done now', sentences: ['Something has changed since you opened the page. Nothing was done.'] },
  413: { title: 'This file is too big', sentences: ['Nothing was saved. Try a smaller file, or a photo instead of a scan.'] },
  422: { title: 'We could not do this', sentences: ['Something in what was sent needs to be put right. Nothing was done.'] },
  429: { title: 'Please wait a moment', sentences: ['There were too many tries in a short time. Wait a few minutes, then try again.'] },
  503: { title: 'We are busy just now', sentences: ['Nothing was lost. Wait a minute, then try again.'] },
};

const FAULT: Words = {
  title: 'Something went wrong',
  sentences: ['This is our fault, not yours. We have been told.', 'If you were paying for something, do not pay again yet: look at “Where is my money” first.'],
};

/** The page that says what went wrong and what to do. `base` is the shell of the person asking. */
export function problemPage(problem: Problem, base: Omit<PageModel, 'title'>): ProblemModel {
  const words = WORDS[problem.status] ?? (problem.status >= 500 ? FAULT : WORDS[422]!);
  const speaksForItself = (problem.status === 409 || problem.status === 422) && problem.message;
  return {
    ...base,
    title: words.title,
    sentences: speaksForItself ? [problem.message!, 'Nothing was done. You can go back and try something else.'] : words.sentences,
    ...(problem.reference ? { reference: problem.reference } : {}),
    ways: [
      ...(problem.status === 401 ? [{ text: 'Sign in', href: SHELL_LINKS.signIn }] : [{ text: 'Go to the first page', href: SHELL_LINKS.home }]),
      { text: 'Get help', href: SHELL_LINKS.help },
      { text: 'I’m worried about something', href: worriedLink(base.path) },
    ],
  };
}
