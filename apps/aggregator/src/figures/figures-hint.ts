import { Inject, Injectable, Logger } from '@nestjs/common';
import { ClientProxy } from '@nestjs/microservices';
import { figuresChanged, type FiguresChanged } from '@mach/contracts';
import type { PlainPayload } from '@mach/messaging';

/** Injection token of the client of Nest's Redis transporter: fire and forget, for hints only. */
export const HINTS = Symbol('HINTS');

/** Tells the gateways that figures changed, so that screens read them again. */
@Injectable()
export class FiguresHint {
  private readonly logger = new Logger(FiguresHint.name);

  constructor(@Inject(HINTS) private readonly client: ClientProxy) {}

  /** Never waits and never throws: a hint that is lost costs nothing, screens read again by themselves. */
  send(hint: PlainPayload<FiguresChanged>): void {
    this.client.emit(figuresChanged.name, hint).subscribe({
      error: (error: unknown) => {
        this.logger.debug(`a hint was lost: ${error instanceof Error ? error.message : String(error)}`);
      },
    });
  }
}
