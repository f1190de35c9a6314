"""Quotations and references (TEI Guidelines, chapters 3.3.3, 3.3.4, 3.7 and 3.12).

The text is one as a reader meets it (``tei.flow``): a line is a paragraph. Each step is a function:

>>> from tei.quotations.attribution import Surroundings, attribute
>>> from tei.quotations.context import contexts
>>> from tei.quotations.kinds import classify
>>> from tei.quotations.marks import find_quotations
>>> text = "“It is late,” said Ann to the “expert”."
>>> found = contexts(text, find_quotations(text))
>>> kinds = classify(found)
>>> [kind.name for kind in kinds]
['said', 'soCalled']
>>> attribute(found, kinds, Surroundings(names=[(19, 22, "ann")]))[0].who
'ann'
"""
