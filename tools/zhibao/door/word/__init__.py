"""Word documents that people send: `read_word(data, name)` makes a draft of a .docx, or refuses it in plain words.

`placed(draft, identity)` names its pictures after the item and says where they go.
"""

from zhibao.door.draft import Draft, DraftError
from zhibao.door.word.placing import Placed, placed
from zhibao.door.word.reading import read_word
from zhibao.door.word.values import Picture, WordDraft

__all__ = ["Draft", "DraftError", "Picture", "Placed", "WordDraft", "placed", "read_word"]
