import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';

/**
 * Lets a consumer's error reach the transport as it is. Nest would hide it behind "Internal server error",
 * meant for remote callers.
 */
@Catch()
export class PropagateErrorsFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
