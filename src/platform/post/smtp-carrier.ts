import { Logger } from '@nestjs/common';
import nodemailer from 'nodemailer';
import type { MailSettings } from '../config/index.js';
import type { Carriage, Carrier, Parcel } from './carrier.js';
import { htmlOf } from './email.html.js';
import type { SmtpFault } from './smtp.rules.js';
import { carriageOf } from './smtp.rules.js';

/** The longest that handing over one email may take, in ms: twenty in one worker's hand are done before its claim runs out. */
const PATIENCE_MS = 25_000;
/** Less than the whole, so that a server which cannot be reached is told from one that stalls. */
const CONNECT_MS = 10_000;
/** A connection waits so long for the next email of the same round. */
const IDLE_MS = 5_000;

/** What a mail server takes from us. A refusal of the address is final, everything else is tried again by the round; nothing is sent a
 *  second time in here, so that every copy there is was written down as an attempt. The log names the item, never the address, and none of
 *  the server's words, because servers repeat the address in them. */
export class SmtpCarrier implements Carrier {
  readonly name: string;
  private readonly log = new Logger('post');
  private readonly pool;

  /** `helo` is how this house names itself to the server. */
  constructor(
    private readonly mail: MailSettings,
    helo: string,
    private readonly patienceMs: number = PATIENCE_MS,
  ) {
    this.name = `the mail server ${mail.host}`;
    this.pool = nodemailer.createTransport({
      pool: true,
      maxConnections: 1,
      maxRequeues: 0,
      idleTimeout: IDLE_MS,
      host: mail.host,
      port: mail.port,
      secure: mail.isSecure,
      requireTLS: mail.requiresTls,
      name: helo,
      ...(mail.user === undefined ? {} : { auth: { user: mail.user, pass: mail.password } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: patienceMs,
      socketCloseTimeout: 1_000,
      logger: false,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async carry(parcel: Parcel): Promise<Carriage> {
    const { from } = this.mail;
    try {
      await this.pool.sendMail({
        from,
        to: { name: '', address: parcel.to },
        envelope: { from: from.address, to: [parcel.to] },
        messageId: parcel.messageId,
        subject: parcel.subject,
        text: parcel.body,
        html: htmlOf(parcel),
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'en-GB' },
        xMailer: false,
        signal: AbortSignal.timeout(this.patienceMs),
      });
      return 'taken';
    } catch (error) {
      const fault = error as SmtpFault;
      const carriage = carriageOf(fault);
      this.log.warn(
        `email ${parcel.itemId} was not taken (${carriage}): ${fault.code ?? 'fault'} ${fault.command ?? ''} ${fault.responseCode ?? ''}`.trimEnd(),
      );
      return carriage;
    }
  }

  /** An email that is just being handed over is finished first. */
  close(): void {
    this.pool.close();
  }
}
