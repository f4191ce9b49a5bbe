/**
 * Does `work` for every item, at most `atOnce` at a time and, when `perSecond` is given, no faster than that.
 * The first error stops it and is thrown.
 * @template T
 * @param {readonly T[]} items
 * @param {number} atOnce
 * @param {(item: T) => Promise<void>} work
 * @param {number} perSecond
 */
export async function forEachAtOnce(items, atOnce, work, perSecond = Infinity) {
  const startedAt = performance.now();
  const queue = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      const due = startedAt + (index / perSecond) * 1000;
      const early = due - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
