import { Inject, Injectable } from '@nestjs/common';
import type { SignedInRequest } from '../../identity/index.js';
import { Actors } from '../../identity/index.js';
import type { Config } from '../../platform/index.js';
import { CONFIG } from '../../platform/index.js';
import { hasOthers, navOf } from '../nav.js';
import type { PageModel } from '../shell/index.js';
import { portalTemplates, renderPage } from '../shell/index.js';
import { formTokenOf, masked } from './form-token.js';

/** What a page says of itself; the rest of the shell follows from who asks. */
export type PageParts = Pick<PageModel, 'title'> &
  Partial<Omit<PageModel, 'title' | 'actor' | 'nav' | 'csrf' | 'simulated'>> & {
    /** Whose page it is, when they are not the one signed in. */
    readonly actingFor?: { readonly name: string; readonly as: string } | undefined;
  };

/** Whole pages: the shell for whoever asks, around a template. */
@Injectable()
export class Pages {
  private readonly simulated: boolean;
  private readonly templates = portalTemplates(true);

  constructor(
    private readonly actors: Actors,
    @Inject(CONFIG) config: Config,
  ) {
    this.simulated = config.mode === 'demo' && !config.stripe.secretKey;
  }

  /** The shell of a page for the person asking. */
  model(request: SignedInRequest, parts: PageParts): PageModel {
    const { actingFor, ...rest } = parts;
    const visitor = (request as { visitorToken?: string }).visitorToken;
    const token = request.sessionToken ? this.actors.formToken(request.sessionToken) : visitor ? formTokenOf(visitor) : '';
    const path = request.url.split('?')[0]!;
    return {
      path,
      csrf: masked(token),
      simulated: this.simulated,
      nav: request.actor && !request.actor.mustChangePassword ? navOf(request.actor, path) : [],
      ...(request.actor
        ? {
            actor: {
              name: request.actor.name ?? 'You',
              canChange: hasOthers(request.actor),
              ...(actingFor ? { actingFor: actingFor.name, as: actingFor.as } : {}),
            },
          }
        : {}),
      ...rest,
    };
  }

  /** The page as text: `template` is a path below `portal/`, `view` what it prints beside the shell. */
  show(request: SignedInRequest, template: string, parts: PageParts, view: object = {}): string {
    return renderPage(this.templates, template, { ...view, ...this.model(request, parts) });
  }

  /** The same where one model holds the page's parts and what it prints: pages with a form, which comes back with what was typed. */
  whole(request: SignedInRequest, template: string, model: PageParts): string {
    return this.show(request, template, model, model);
  }
}
