import { Module } from '@nestjs/common';
import { Books } from './books.service.js';
import { LedgerQueries } from './ledger.queries.js';
import { Ledger } from './ledger.service.js';

@Module({ providers: [Ledger, LedgerQueries, Books], exports: [Ledger, LedgerQueries, Books] })
export class LedgerModule {}
