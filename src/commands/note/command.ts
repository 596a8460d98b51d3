import type { Command } from '#core/command.ts'
import type { Draft } from '#core/ports.ts'
import { amendNamed, askToEdit, deleteFolder, deleteNamed, deletePressed, edited, remindOf, renameFolder } from './amend.ts'
import { createNote } from './create.ts'
import { find, listAsked, openFolder, openPressed, showFolders } from './show.ts'

export const note: Command = {
  intents: ['note.create', 'note.list', 'note.find', 'note.update', 'note.delete'],
  understood(understanding: Draft, context) {
    const ofFolder = understanding.content === 'folder'
    switch (understanding.intent) {
      case 'note.list':
        return ofFolder ? showFolders(context) : listAsked(understanding, context)
      case 'note.find':
        return find(understanding, context)
      case 'note.update':
        return ofFolder ? renameFolder(understanding, context) : amendNamed(understanding, context)
      case 'note.delete':
        return ofFolder ? deleteFolder(understanding, context) : deleteNamed(understanding, context)
      default:
        return createNote(understanding, context)
    }
  },
  presses: {
    'note-open': openPressed,
    'note-edit': askToEdit,
    'note-text': edited,
    'note-delete': deletePressed,
    'note-remind': remindOf,
    'folder-open': openFolder,
  },
}
