import type { OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../config/index.js';
import type { Config } from '../config/index.js';
import type { CarriedBy, Carrier } from './carrier.js';
import { DemonstrationMailbox } from './demonstration-mailbox.js';
import { SmtpCarrier } from './smtp-carrier.js';

/** Who carries one way, or why nobody does; for operators. */
export interface CarrierState {
  readonly by: CarriedBy;
  readonly carrier: string | null;
  /** Why it waits. */
  readonly why: string | null;
}

/** Why a way waits that nobody carries. */
const WHY: Readonly<Record<CarriedBy, string>> = { email: 'SMTP_URL is not set.', text: 'No supplier of text messages is set up.' };

/** Who carries what. Emails go to the mail server of SMTP_URL. In a demonstration without one the mailbox takes them, and texts always:
 *  nothing leaves the machine. Where nobody is set up, what people asked for waits here and is shown to operators; it is never dropped. */
@Injectable()
export class Carriers implements OnModuleDestroy {
  private readonly byWay = new Map<CarriedBy, Carrier>();
  private readonly smtp: SmtpCarrier | undefined;

  constructor(@Inject(CONFIG) config: Config, mailbox: DemonstrationMailbox) {
    this.smtp = config.mail && new SmtpCarrier(config.mail, new URL(config.publicUrl).hostname);
    if (config.mode === 'demo') {
      this.byWay.set('email', mailbox);
      this.byWay.set('text', mailbox);
    }
    if (this.smtp) this.byWay.set('email', this.smtp);
  }

  onModuleDestroy(): void {
    this.smtp?.close();
  }

  /** Another carrier for a way, in place of what there was. */
  use(by: CarriedBy, carrier: Carrier | undefined): void {
    if (carrier) this.byWay.set(by, carrier);
    else this.byWay.delete(by);
  }

  of(by: CarriedBy): Carrier | undefined {
    return this.byWay.get(by);
  }

  get states(): readonly CarrierState[] {
    return (['email', 'text'] as const).map((by) => {
      const carrier = this.of(by);
      return { by, carrier: carrier?.name ?? null, why: carrier ? null : WHY[by] };
    });
  }
}
