import { byId } from './dom.ts'

/** Tells somebody whose eyes are elsewhere: in the title of the tab, and with a notification when they allowed it. */
export function createNotices() {
  const title = document.title
  const allow = byId('allow')
  let unseen = 0

  function count(to: number): void {
    unseen = to
    document.title = unseen === 0 ? title : `(${unseen}) ${title}`
  }

  const offer = () => {
    allow.hidden = !('Notification' in window) || Notification.permission !== 'default'
  }
  allow.addEventListener('click', () => void Notification.requestPermission().then(offer))
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) count(0)
  })
  offer()

  return {
    /** A line that nobody asked for just now. */
    arrived(): void {
      if (document.hidden) count(unseen + 1)
    },
    rang(id: string, words: string): void {
      if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return
      const notification = new Notification('DuckTape', { body: words, tag: id, icon: '/page/duck.svg' })
      notification.addEventListener('click', () => {
        window.focus()
        notification.close()
      })
    },
  }
}
