import type { ExecutionContext } from '@nestjs/common';
import { SetMetadata } from '@nestjs/common';
import type { Actor } from '../../kernel/index.js';
import { forbidden } from '../../kernel/index.js';
import { isOnlyAuditor } from '../access.js';

const FOR_READERS = 'for-readers';
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** A door that changes something and is open to an auditor: their own sample, their own way out. */
export const ForReaders = (): MethodDecorator => SetMetadata(FOR_READERS, true);

/** Whoever is nothing but an auditor changes nothing, whatever a service would let anybody signed in do. Refuses: forbidden. */
export function refuseReaders(context: ExecutionContext, method: string, actor: Actor): void {
  if (READING.has(method) || !isOnlyAuditor(actor)) return;
  if (Reflect.getMetadata(FOR_READERS, context.getHandler()) !== true) throw forbidden('An auditor reads, and changes nothing.');
}
