import { Module } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { EventsController } from './events.controller';
import { LiveFigures } from './live-figures';
import { LiveStreams } from './live-streams';

/** What moves on the screens by itself. */
@Module({ controllers: [EventsController], providers: [LiveFigures, LiveStreams, SystemClock] })
export class LiveModule {}
