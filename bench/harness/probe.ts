// Preloaded with --import into a process that is measured from outside: answers questions of the process that started it.
import { answer, type Question } from './questions.ts'

process.on('message', async ({ probe, id }: { readonly probe?: Question; readonly id: number }) => {
  if (probe) process.send?.({ probed: id, answer: await answer(probe) })
})
// What is measured ends with whoever measures it.
process.on('disconnect', () => process.exit())
