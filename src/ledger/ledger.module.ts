import { Module } from '@nestjs/common';
import { Books } from './books.service.js';
import { EntryQueries } from './entry.queries.js';
import { LedgerQueries } from './ledger.queries.js';
import { Ledger } from './ledger.service.js';
import { LedgerJobs } from './ledger.jobs.js';
import { Postings } from './postings.service.js';
import { SealWatch } from './seal-watch.service.js';
import { Seals } from './seals.service.js';

@Module({
  providers: [Ledger, LedgerQueries, EntryQueries, Books, Postings, Seals, SealWatch, LedgerJobs],
  exports: [Ledger, LedgerQueries, EntryQueries, Books, Postings, Seals, SealWatch],
})
export class LedgerModule {}
