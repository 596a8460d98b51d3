import { botContract } from '../contracts/bot.ts'
import { openStage } from './stage.ts'

botContract('discord', () => openStage())
