import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let count = 0

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  ann = world.person(`U${++count}`, { timeZone: 'America/New_York' })
})

/** Says one thing after the other; an answer may be told to be undone. */
async function talk(lines: readonly (readonly [said: string, answer: RegExp])[]): Promise<void> {
  let last = await ann.says('hello')
  for (const [said, answer] of lines) {
    last = said.startsWith('[') ? await ann.presses(last.button(said.slice(1, -1))) : await ann.says(said)
    expect(last.words, said).toMatch(answer)
  }
}

describe('a list', () => {
  it('is made on first use, shown alone, and gone with what made it', () =>
    talk([
      ['add milk to my shopping list', /On your shopping list, which is new: milk/],
      ['[Undo]', /Undone/],
      ['my lists', /^Your lists \| Todos \| nothing open$/],
      ['add milk to my Shopping list', /On your Shopping list, which is new: milk/],
      ['todo call Bob', /On your list: call Bob/],
      ["what's on my shopping list?", /^Shopping \| 1\. milk$/],
      ['show the shoping list', /I know no list “shoping” of yours\. You have “Shopping”, “Todos”/],
      ['[Shopping]', /^Shopping \| 1\. milk$/],
      ['list my todos', /^Your todos \| Shopping · 1 \| 1\. milk \| Todos · 1 \| 2\. call Bob$/],
      ['move 2 to the office list', /Moved call Bob to your office list/],
      ['undo', /Undone/],
      ['rename 2 to call Ben', /Changed: call Ben/],
      ['undo', /Undone/],
      ['delete 2', /Deleted: call Bob/],
      ['undo', /Undone/],
      ['complete 2', /Done: call Bob/],
      ['which lists do I have', /Shopping \| 1 open \| Todos \| nothing open/],
    ]))

  it('is known by its name alone, and made when that is wanted', () =>
    talk([
      ['add rope to chandlery', /^You have no list chandlery\. Shall I make it\?/],
      ['👍', /^(?!On your chandlery list)/],
      ['add rope to chandlery', /^You have no list chandlery/],
      ['yes, make it', /On your chandlery list, which is new: rope/],
      ['put tar, oakum and paint on the Chandlery!', /On your chandlery list: tar, oakum and paint/],
      ["what's on chandlery?", /^Chandlery \| 1\. rope \| 2\. tar/],
      ['add soap to chemist', /You have no list chemist/],
      ['just put it on my list', /^On your list: soap/],
      ['add plasters to chemist', /You have no list chemist/],
      ['[Make chemist]', /On your chemist list, which is new: plasters/],
      ['move paint from chandlery to chemist', /Moved paint to your chemist list/],
      ['take tar off chandlery', /Deleted: tar/],
      ['add Bob to Friday', /^(?!You have no list)/],
    ]))

  it('stays when what made it is taken back and something else stands on it by now', async () => {
    const made = await ann.says('add milk to my shopping list')
    await ann.says('add eggs to my shopping list')
    expect((await ann.presses(made.button('Undo'))).words).toMatch(/Undone: todo created, milk/)
    expect((await ann.says('show my shopping list')).words).toMatch(/^Shopping \| 1\. eggs$/)
  })

  it('takes several things at once, each of them once', async () => {
    await talk([
      ['add milk, eggs and bread to my shopping list', /which is new: milk, eggs and bread\.$/],
      ['add eggs, salt and pepper and jam to my shopping list', /: salt, pepper and jam\. eggs was on it already/],
      ['add milk to the shopping list', /milk is on your shopping list already/],
      ['undo', /Undone: 3 todos created/],
      ["what's on my shopping list", /1\. milk \| 2\. eggs \| 3\. bread$/],
      ['add "rice, brown" to my shopping list', /: rice, brown\./],
      ['add gin and tonic to my shopping list', /: gin and tonic\./],
      ['[Make it 2]', /Now they are 2: gin and tonic/],
    ])
    expect((await ann.says('show my shopping list')).words).toMatch(/5\. gin \| 6\. tonic$/)
  })

  it('is renamed, moved to, emptied and deleted with all that is on it', () =>
    talk([
      ['add milk to my shopping list', /new/],
      ['add hammer to my tools list', /new/],
      ['rename the shopping list to groceries', /shopping is now groceries/],
      ['rename the tools list to groceries', /You have a list groceries already/],
      ['move hammer to the groceries list', /Moved hammer to your groceries list/],
      ['undo', /Undone: todo moved, hammer/],
      ['move hammer to the garage list', /Moved hammer to your garage list, which is new/],
      ['tick off hammer on my garage list', /Done: hammer/],
      ['hammer is not done yet', /Open again: hammer/],
      ['delete the grocery list', /Deleted your groceries list\. 1 open todo went with it/],
      ['list my todos', /hammer/],
      ['done with milk', /I know no open todo/],
      ['undo', /Undone: list deleted, groceries/],
      ['remove milk from the groceries list', /Deleted: milk/],
      ['undo', /Undone: todo deleted, milk/],
      ['clear my groceries list', /Delete 1 todo\? Nothing is changed yet/],
      ['complete everything on my groceries list', /Tick off 1 todo\?/],
      ['delete my todo list', /so it stays/],
      ['create a list called Packing', /Packing is ready/],
      ['create a packing list', /You have your Packing list already/],
    ]))
})

describe('todos', () => {
  it('are shown by when they are due and by what became of them', () =>
    talk([
      ['todo water the plants', /On your list/],
      ['add pay rent to my home list for Friday', /due Fri, Nov 27/],
      ['todo file taxes by tomorrow', /due Tue, Nov 24/],
      ['show overdue todos', /Nothing is overdue\. 3 todos are open/],
      ['what is due this week?', /Due from .* \| Home · 1 \| 1\. pay rent \| due Fri.* \| Todos · 1 \| 2\. file taxes \| due Tue/],
      ['which todos are due tomorrow', /1\. file taxes/],
      ['show done todos', /Nothing is done yet/],
      ['I watered the plants', /Done: water the plants/],
      ['show done todos', /^Done \| 1\. water the plants$/],
      ['delete all done todos', /Delete 1 todo\?.*water the plants/],
      ['[1. water the plants]', /button does not work/],
      ['todo sweep the yard', /On your list/],
      ['move it to Friday', /Changed: sweep the yard, due Fri, Nov 27/],
      ['delete it', /Deleted: sweep the yard/],
      ['note: the shed key is blue', /Noted/],
      ['delete that', /Deleted: the shed key is blue/],
    ]))

  it('are shown a page at a time, each to be ticked off, to whom they belong', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `thing ${index + 1}`)
    await ann.says(`add ${names.join(', ')} to my packing list`)
    const first = await ann.says("what's on my packing list?")
    expect(first.words).toMatch(/^Packing \| 1\. thing 1 \| .*25\. thing 25$/)
    expect((await world.person('other').presses(first.button('More'))).words).toMatch(/That list is gone/)
    const next = await ann.presses(first.button('More'))
    expect(next.words).toMatch(/^Packing, from 26 on \| 1\. thing 26 \| .*5\. thing 30$/)
    expect((await ann.presses(next.button('1. thing 26'))).words).toMatch(/^Done: thing 26/)
    expect((await ann.presses(next.button('Back'))).words).toBe(first.words)
    const all = await ann.says('list my todos')
    expect((await ann.presses(all.button('More'))).words).toMatch(/^Your todos, from 26 on \| Packing/)
  })

  it('are overdue once their time is over, and due on any later day', async () => {
    await ann.says('todo file taxes by tomorrow')
    await ann.says('todo buy stamps by Friday')
    const before = world.now
    world.now = Temporal.Instant.from('2026-11-25T14:00:00Z')
    try {
      expect((await ann.says('list my todos')).words).toMatch(
        /1\. file taxes \| ⚠ overdue since Tue, Nov 24.* \| 2\. buy stamps \| due Fri/,
      )
      expect((await ann.says('what is overdue')).words).toMatch(/^Overdue \| 1\. file taxes/)
      expect((await ann.says('what is due today')).words).toMatch(/1\. file taxes \| ⚠ overdue/)
    } finally {
      world.now = before
    }
  })

  it.each([
    ['buy eggs', 'I bought the eggs', /Done: buy eggs/],
    ['milk', 'got milk', /Done: milk/],
    ['the laundry', 'I did the laundry', /Done: the laundry/],
    ['pay the rent', "I've already paid the rent", /Done: pay the rent/],
    ['call Ann about the eggs', 'I bought the eggs', /I did not understand/],
    ['buy eggs', 'I bought a house', /I did not understand/],
  ])('of "%s" are done when "%s" is told, and only then', async (text, told, answer) => {
    await ann.says(`todo ${text}`)
    expect((await ann.says(told)).words).toMatch(answer)
  })

  it('are asked about when several are meant, and the answer is in words or a press', async () => {
    await ann.says('todo call Bob about the boat')
    await ann.says('todo call Bob about the car')
    const asked = await ann.says('delete the todo call Bob')
    expect(asked.words).toMatch(/Which one shall I delete/)
    expect((await ann.says('the second one')).words).toMatch(/Deleted: call Bob about the car/)
    await ann.says('undo')
    const again = await ann.says('delete the todo call Bob')
    expect((await ann.presses(again.button(/boat/))).words).toMatch(/Deleted: call Bob about the boat/)
  })
})

describe('notes', () => {
  it('are found by their words, nearly right ones too, and by questions', () =>
    talk([
      ['save this: the wifi password is swordfish', /Noted: the wifi password is swordfish/],
      ['remember that the key is under the mat', /Noted: the key is under the mat/],
      ['note: the door code is 4711', /Noted/],
      ['find my note about the door', /the door code is 4711 \| Mon, Nov 23/],
      ['search my notes for pasword', /swordfish/],
      ['what was the door code?', /the door code is 4711/],
      ["where's the key", /the key is under the mat/],
      ['what is the meaning of marmalade', /I did not understand/],
      ['list my notes', /1\. the door code is 4711.*2\. the key.*3\. the wifi/],
      ['show note 2', /^the key is under the mat/],
      ['list my notes', /1\. the door/],
      ['open the second one', /^the key is under the mat/],
      ['list my notes', /1\. the door/],
      ['delete 3', /Deleted: the wifi password/],
      ['undo', /Undone/],
      ['find my note about unicorns', /I know no note about “unicorns”/],
    ]))

  it('are changed, added to, renamed, filed and deleted, each to be undone', () =>
    talk([
      ['note: the door code is 4711', /Noted/],
      ['add "ring twice" to the note about the door', /Changed: the door code is 4711\. It says now: the door code is 4711 ring twice/],
      ['undo', /Undone: note changed/],
      ['change the note about the door to: knock', /Changed: knock/],
      ['undo', /Undone/],
      ['rename the note about the door to Entrance', /the door code is 4711 is now called Entrance/],
      ['move that note to the Home folder', /Moved Entrance to your Home folder, which is new/],
      ['note in my Recipes folder: two eggs', /Noted in your Recipes folder, which is new: two eggs/],
      ['which folders do I have', /Home \| 1 note \| Recipes \| 1 note/],
      ['what is in my recipe folder', /^Recipes \| 1\. two eggs/],
      ['rename the Recipes folder to Cooking', /Recipes is now Cooking/],
      ['delete the Cooking folder', /Deleted your Cooking folder\. Its note stays/],
      ['list my notes', /two eggs.*Entrance/],
      ['delete note 1', /Deleted: two eggs/],
      ['undo', /Undone: note deleted, two eggs/],
      ['turn my note about eggs into a reminder for tomorrow', /Tue, Nov 24, 2026, 9:00 AM.*two eggs/],
      ['make a todo of the note about eggs', /On your list: two eggs/],
    ]))

  it('are asked about when several are meant', async () => {
    await ann.says('note: the front door sticks')
    await ann.says('note: the back door creaks')
    const asked = await ann.says('delete the note about the door')
    expect(asked.words).toMatch(/Which one shall I delete/)
    expect((await ann.presses(asked.button(/creaks/))).words).toMatch(/Deleted: the back door creaks/)
    expect((await ann.says('find my notes about the door')).words).toMatch(/sticks/)
  })

  it('are edited in a form that holds what they say, unless somebody has changed them since', async () => {
    await ann.says('note: knock three times')
    const shown = await ann.says('find my note about knock')
    const form = await ann.presses(shown.button('Edit…'))
    expect(form.reply?.form?.lines?.value).toBe('knock three times')
    expect((await ann.fillsIn(form, 'knock\ntwice')).words).toMatch(/It says now: knock twice/)
    expect((await ann.fillsIn(form, 'knock once')).words).toMatch(/changed that note meanwhile/)
    expect((await ann.presses(shown.button('Remind me…'))).words).toMatch(/When shall I remind you/)
    const bob = world.person(`U${++count}`)
    expect((await bob.presses(shown.button('Edit…'))).words).toMatch(/gone/)
    expect((await bob.says('what was it with knock?')).words).toMatch(/did not understand/)
  })
})
