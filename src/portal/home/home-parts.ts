import { Injectable } from '@nestjs/common';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { invariant } from '../../kernel/index.js';
import type { HomeRole } from '../nav.js';
import type { PageParts } from '../session/pages.js';

export interface HomeView {
  /** A path below `portal/`. */
  readonly template: string;
  readonly parts: PageParts;
  /** Exactly what the template prints. */
  readonly view: object;
}

/** The home page of one role. Register it in `onModuleInit`: `homes.register(this)`. */
export interface HomePart {
  readonly role: HomeRole;
  view(actor: Actor, request: SignedInRequest): Promise<HomeView>;
}

/** Who makes which role's home page. */
@Injectable()
export class HomeParts {
  private readonly parts = new Map<HomeRole, HomePart>();

  register(part: HomePart): void {
    invariant(!this.parts.has(part.role), `the home page of ${part.role} was registered twice`);
    this.parts.set(part.role, part);
  }

  of(role: HomeRole): HomePart | undefined {
    return this.parts.get(role);
  }
}
