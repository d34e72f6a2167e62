"""Words that say nothing of a question's matter, folded (no accents), French and English.

Question words are among them: they tell what is wanted, which `qa.question` reads. So are
greetings and thanks.
Negations too: a stance is read from the passage, never guessed from the words asked.
"""

FRENCH = frozenset(
    """
    a ai aie aient ainsi alors apres as au aucun aucune aujourd aussi autre autres aux avaient avait
    avant avec avez avoir avons ayant beaucoup bien c ca car ce ceci cela celle celles celui ces cet
    cette ceux chaque chez combien comme comment d dans de deja depuis des dit dire donc dont du elle
    elles en encore entre es est et etaient etait etant ete etes etre eu eux fait faire fois font hui il
    ils j je jusqu l la le les leur leurs lors lorsque lui m ma mais me meme memes mes mieux moi moins
    mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent plus plusieurs pour
    pourquoi pourtant puis puisque qu quand que quel quelle quelles quels qui quoi s sa sans se sera
    seront ses si soit sommes son sont sous suis sur t ta tandis tant te tel telle telles tels tes toi
    ton tous tout toute toutes tres tu un une va vers voici voila vont vos votre vous y cb pq pk qd kel
    koi pouvez pourriez dis dites
    """.split()
)

ENGLISH = frozenset(
    """
    a about after again all also although am an and any are as at be because been before being between
    both but by can cannot could d did do does doing done down during each either else ever every few
    for from further get give given gives had has have having he her here hers him his how i if in into
    is it its itself just ll let m many may me might more most much must my neither no nor not now of
    off on once one only or other our ours out over own per re s same say said says saying shall she
    should so some such t than that the their theirs them then there these they this those through to
    too under until up upon us ve very was we were what when where whether which while who whom whose
    why will with would yet you your yours hm mny ppl wot wat wen y r u
    tell
    """.split()
)
# Said with a question, or instead of one.
COURTESY = frozenset(
    """
    bonjour bonsoir salut merci svp stp plait beaucoup bien hello hi hey please pls thanks thank you
    very much ok
    """.split()
)
FRENCH |= COURTESY
ENGLISH |= COURTESY
