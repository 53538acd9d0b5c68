import type { FieldFault } from '../../kernel/index.js';
import type { Templates } from '../../platform/index.js';

export interface NavItem {
  readonly text: string;
  readonly href: string;
  /** The page is in this part. */
  readonly isCurrent?: boolean;
  /** How many things wait there, with what they are: 3 and `things need you`. */
  readonly waiting?: { readonly count: number; readonly what: string };
}

/** Who is signed in, and for whom they act. */
export interface PageActor {
  readonly name: string;
  /** The name of the person or body they act for, if not themselves. */
  readonly actingFor?: string;
  /** As what: `representative`, `broker`, `finance officer`. */
  readonly as?: string;
  /** They may act for others too, so the page offers to change. */
  readonly canChange?: boolean;
}

/** Said once on the page after something was done. */
export interface Flash {
  readonly kind: 'done' | 'note' | 'care';
  readonly title: string;
  /** What happens next. */
  readonly text?: string;
  /** A reference people can read aloud. */
  readonly reference?: string;
}

/** What the shell of every page needs. A page's own model adds to it. */
export interface PageModel {
  /** The page's h1 in a few words; the browser's title adds our name and, with faults, "Error:". */
  readonly title: string;
  /** Left out when nobody is signed in. */
  readonly actor?: PageActor;
  readonly nav: readonly NavItem[];
  /** For the form that signs out, and for the page's own forms. Empty when nobody is signed in and the page has no form. */
  readonly csrf: string;
  readonly back?: { readonly href: string; readonly text?: string };
  readonly errors?: readonly FieldFault[];
  readonly flash?: Flash;
  /** Payments go to the sandbox: said on every page. */
  readonly simulated: boolean;
  /** A way to leave the site at once. Off only on pages that say nothing about anyone. */
  readonly quickExit?: boolean;
  /** Offers to read the page aloud: holders' pages. */
  readonly readAloud?: boolean;
  /** The address of this page, so that a worry can say where it arose. */
  readonly path?: string;
  /** Tables and charts use the whole width. */
  readonly isWide?: boolean;
  /** Looks again by itself after so many seconds, while work goes on. With scripts it waits until nobody is at a field or link. */
  readonly refreshAfterSeconds?: number;
}

/** A template and its model as a whole page. The template extends `shell/layout.njk`; its model is also there as `page`. */
export const renderPage = (templates: Templates, template: string, model: PageModel): string => templates.render(template, { ...model, page: model });
