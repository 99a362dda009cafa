import { forgottenMs, type LivingWorker } from "../../../domain/host/living-worker.ts";
import type { Workers } from "../../../ports/store.ts";
import type { Clock } from "../../../ports.ts";
import { byStart } from "../listed-workers.ts";

/** The workers of this process. */
export function memoryWorkers({ clock }: { clock: Clock }): Workers {
  const kept = new Map<string, { worker: LivingWorker; heardAt: number }>();
  return {
    async keep(worker) {
      const heardAt = clock.now().getTime();
      for (const [id, other] of kept) if (heardAt - other.heardAt > forgottenMs) kept.delete(id);
      kept.set(worker.id, { worker, heardAt });
    },
    async list() {
      const now = clock.now().getTime();
      const living = [...kept.values()].filter(({ heardAt }) => now - heardAt <= forgottenMs);
      return byStart(living.map(({ worker }) => worker));
    },
    async forget(id) {
      kept.delete(id);
    },
  };
}
