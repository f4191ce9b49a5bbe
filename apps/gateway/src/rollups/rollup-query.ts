import { IsIn, IsOptional } from 'class-validator';
import { FIGURE_VIEWS, type FigureView } from '@mach/domain';

/** Query of `GET /rollups/:requirement/:period/:unit`. */
export class RollupQuery {
  /** Which figures of the node are meant. */
  @IsOptional()
  @IsIn(FIGURE_VIEWS)
  view: FigureView = 'provisional';
}
