import { defineConfig } from 'prisma/config'

/** For Prisma's own command line: `npx prisma migrate dev --config prisma/prisma.config.ts` and the like. */
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
