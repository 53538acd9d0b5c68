import { Module } from '@nestjs/common';
import { Books } from './books.service.js';
import { LedgerQueries } from './ledger.queries.js';
import { Ledger } from './ledger.service.js';
import { Postings } from './postings.service.js';

@Module({ providers: [Ledger, LedgerQueries, Books, Postings], exports: [Ledger, LedgerQueries, Books, Postings] })
export class LedgerModule {}
