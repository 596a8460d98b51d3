// Node with the libraries loaded that DuckTape stands on, and nothing of ours.
import '@prisma/adapter-pg'
import '@slack/bolt'
import 'bullmq'
import 'discord.js'
import 'fastify'
import 'ioredis'
import 'pg'
import 'pino'
import 'prom-client'
import 'ws'
import 'zod'

process.send?.({ url: '' })
