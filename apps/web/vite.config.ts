import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds into `dist/apps/web`, which the gateway serves, with the domain's source inside (ADR 0019); the dev
 * server hands `/api` to a gateway that runs beside it.
 */
export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, here('../..'), 'MACH_');
  return {
    root: here('.'),
    plugins: [react()],
    resolve: { alias: { '@mach/domain': here('../../libs/domain/src/index.ts') } },
    build: {
      outDir: here('../../dist/apps/web'),
      emptyOutDir: true,
      target: 'es2022',
      sourcemap: false,
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        // The domain only declares: what a page does not use of it stays out, and the parser of rules with it (ADR 0045).
        treeshake: { moduleSideEffects: [{ test: /[\\/]libs[\\/]domain[\\/]/, sideEffects: false }] },
      },
    },
    server: {
      port: 5173,
      proxy: { '/api': { target: `http://127.0.0.1:${env['MACH_PORT'] ?? '3000'}`, changeOrigin: false } },
    },
  };
});
