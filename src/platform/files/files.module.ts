import { Module } from '@nestjs/common';
import { Uploads } from './uploads.service.js';

/** For rooms that keep files. */
@Module({ providers: [Uploads], exports: [Uploads] })
export class FilesModule {}
