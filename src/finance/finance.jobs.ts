import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { ReleaseGates } from '../payments/index.js';
import { Breaks } from '../reconciliation/index.js';

/** Shuts a book while a break of it is unanswered (truth 10, RULE 27). */
@Injectable()
export class FinanceJobs implements OnModuleInit {
  constructor(
    private readonly gates: ReleaseGates,
    private readonly breaks: Breaks,
  ) {}

  onModuleInit(): void {
    this.gates.add(async (tx, book) => {
      const { count } = await this.breaks.unanswered(tx, book);
      return count === 0 ? null : 'This book does not agree with its bank. A named person has to say what is being done about it before anything new leaves.';
    });
  }
}
