import { Gauge } from 'prom-client';

/** On prom-client's own registry; one session a process. */
export const smppBound = new Gauge({
  name: 'mach_smpp_bound',
  help: '1 while the session with the message centre is bound, 0 while no SMS can leave',
});
