import { botContract } from '../contracts/bot.ts'
import { openSlackStage } from './stage.ts'

botContract('slack', () => openSlackStage())
