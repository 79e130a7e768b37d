"""Lines as articles have them: what a rule that is not too broad leaves alone."""

ORDINARY = (
    "The council met on Tuesday and agreed on nothing but the date of its next meeting.",
    "“We are still looking for the key,” the mayor said.",
    "She had worked in the harbour for thirty years, and she knew each boat by the sound of its engine.",
    "What happens next",
    "By then the water had reached the second step.",
    "Read in that light, the letter is almost a joke.",
    "In 2019, the last year for which there are figures, 4,120 people took the ferry.",
    "He did not answer.",
    "1. Peel the apples and cut them into quarters.",
    "• two cups of flour",
    "The photo shows three men beside a cart (the fourth stands behind it).",
    "Why did nobody hear the bell?",
    "A spokesman, Ivo Marten, declined to comment.",
    "Follow the river for a mile, then turn left at the mill.",
    "Share the work, she told them, and share the wages.",
    "It was first published in 1871, and has been in print since.",
    "Our reporters asked all seven members of the board; two of them replied.",
    "Subscribe to that view and you must also subscribe to its price.",
    "Results",
    "PORT SABINE — The lamp was lit again on Friday.",
    "More than half of the houses are empty in winter.",
    "Sign here, the clerk said, and I did.",
    "Temperature: 18 degrees; wind: north-west, light.",
    "“But where,” she asked, “is the bell?”",
    "Correction: An earlier version of this article gave the wrong year.",
    "Westerhaven 3, Lower Fenn 1",
    "The sources of the river lie in the hills above the town.",
    "Advertising is forbidden on the pier.",
    "You can reach the island only by boat.",
    "All rights were sold to a brewery in the north.",
)

PAGE = """<html><body><main><article><h1>The bell is gone</h1>
<p>Nobody heard <em>it</em> go, <a href="/bell">the police</a> say.</p><h2>What happens next</h2>
<ul><li>The tower stays open.</li></ul><blockquote><p>We are looking.</p></blockquote>
<div><p>It was cast in <strong>1871</strong>.<br>It weighed a ton.</p></div>
<table><tr><th>Year</th><td>1871</td></tr></table><pre><code>dong</code></pre></article></main></body></html>"""
"""A page without boilerplate: what a selector that is not too broad leaves alone."""
