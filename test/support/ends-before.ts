/**
 * Whether `work` ends before `steps` steps done one after the other have: compared with other work on the same machine,
 * however busy that is, instead of with a clock. A time-out of seconds outlasts a hundred round trips to a server.
 */
export async function endsBefore(
  work: Promise<unknown>,
  steps: number,
  step: () => Promise<unknown>,
): Promise<boolean> {
  const end = { reached: false };
  const done = work.then(() => {
    end.reached = true;
  });
  for (let taken = 0; taken < steps && !end.reached; taken += 1) await step();
  const inTime = end.reached;
  await done;
  return inTime;
}
