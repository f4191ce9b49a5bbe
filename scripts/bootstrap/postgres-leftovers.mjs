import { runCommand } from './command.mjs';
import { birthOf, endStray } from './identity.mjs';
import { warn } from './say.mjs';

/** What a killed postmaster's processes get to end by themselves: they can no longer finish anything. */
const SURVIVOR_GRACE_MS = 500;
const POSTMASTER_GRACE_MS = 10_000;

/** Every process of this machine as `{ pid, args }`. */
async function processes() {
  const { output } = await runCommand('ps', ['-axww', '-o', 'pid=,args=']);
  return output.split('\n').flatMap((line) => {
    const found = /^\s*(\d+)\s+(.*)$/.exec(line);
    const [, pid, args] = found ?? [];
    return pid && args ? [{ pid: Number(pid), args }] : [];
  });
}

/**
 * Ends exactly the processes that work on the cluster in `data`: a server (or initdb) of an earlier run, known by
 * the folder it was started with, and those that outlived a killed one, known by the name of the cluster
 * which PostgreSQL writes into each one's title.
 * @param {string} data
 * @param {string} [name] of the cluster
 */
export async function endCluster(data, name) {
  for (const { pid, args } of await processes()) {
    const born = ` ${args} `.includes(` -D ${data} `) ? birthOf(pid) : null;
    if (born === null) continue;
    warn(`PostgreSQL of an earlier run is still there (${pid}); stopping it first.`);
    await endStray({ pid, born }, POSTMASTER_GRACE_MS, 'SIGINT', 'SIGQUIT');
  }
  if (name === undefined) return;
  const survivors = (await processes()).filter(({ args }) => args.startsWith(`postgres: ${name}: `));
  await Promise.all(
    survivors.map(async ({ pid }) => {
      const born = birthOf(pid);
      if (born !== null) await endStray({ pid, born }, SURVIVOR_GRACE_MS, 'SIGQUIT', 'SIGKILL');
    }),
  );
}
