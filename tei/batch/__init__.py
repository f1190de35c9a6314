"""Many files: which ones are meant (:mod:`.files`, :mod:`.changes`), checked in parallel (:mod:`.run`)."""
