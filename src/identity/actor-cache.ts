import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../platform/index.js';
import { Bell, Clock, CONFIG } from '../platform/index.js';
import type { SignedInActor } from './signed-in-actor.js';

/** A right that ends at an instant known beforehand is noticed within this time; every other change at once. */
const KEPT_MS = 5_000;
const MOST = 20_000;

/** Actors of live sessions, kept in this process. The database rings whenever a session or a grant changes, whoever changed
 *  it; while nobody listens for that ring nothing is kept, so a right that was taken away is never used from here. */
@Injectable()
export class ActorCache implements OnModuleInit, OnModuleDestroy {
  private readonly byToken = new Map<string, { readonly actor: SignedInActor; readonly until: number }>();
  /** Those being read: who asks for the same one meanwhile waits for that, instead of reading it too. */
  private readonly reading = new Map<string, Promise<SignedInActor | undefined>>();
  private readonly bell: Bell | undefined;
  /** Counts rings, so that an actor read before a ring is not kept after it. */
  private rings = 0;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
  ) {
    this.bell = config.databaseUrl ? new Bell(config.databaseUrl, 'actors', () => this.forget()) : undefined;
  }

  onModuleInit(): void {
    void this.bell?.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.bell?.stop();
  }

  /** The actor of a token: kept, or read by `read` and then kept. */
  async get(tokenHash: Buffer, read: () => Promise<SignedInActor | undefined>): Promise<SignedInActor | undefined> {
    if (!this.bell?.isListening) return read();
    const key = tokenHash.toString('latin1');
    const kept = this.byToken.get(key);
    if (kept && kept.until > this.clock.now().getTime()) return kept.actor;
    const going = this.reading.get(key) ?? this.readAndKeep(key, read);
    this.reading.set(key, going);
    return going;
  }

  private async readAndKeep(key: string, read: () => Promise<SignedInActor | undefined>): Promise<SignedInActor | undefined> {
    const rings = this.rings;
    try {
      const actor = await read();
      if (actor && this.bell?.isListening && rings === this.rings) {
        if (this.byToken.size >= MOST) this.byToken.clear();
        this.byToken.set(key, { actor, until: this.clock.now().getTime() + KEPT_MS });
      }
      return actor;
    } finally {
      if (rings === this.rings) this.reading.delete(key);
    }
  }

  /** Before a change is answered, so that the one who made it sees it in this process at once. */
  forget(): void {
    this.rings += 1;
    this.byToken.clear();
    this.reading.clear();
  }
}
