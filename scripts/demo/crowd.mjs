/**
 * Does `work` for every item, at most `atOnce` at a time and, when `perSecond` is given, no faster than that.
 * The first error stops it and is thrown.
 */
export async function forEachAtOnce(items, atOnce, work, perSecond = Infinity) {
  const startedAt = performance.now();
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next;
      next += 1;
      const due = startedAt + (index / perSecond) * 1000;
      const early = due - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      try {
        await work(items[index]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
