"""Invented texts that several tests use; those of runs over records have something that goes in each."""

from __future__ import annotations

PARAGRAPHS = (
    "The ferry to Hallow Island did not sail on day {}, and nobody on the quay could say when it would sail again.",
    "“We were told at six,” said a fishmonger who had been waiting since five, “and were told nothing else all day.”",
    "The harbour office blamed a valve, which had been ordered in March from a maker that has since closed its doors.",
    "By the evening the baker on the island had sold her last loaf, and the school had sent the children home at noon.",
)


def body(number: int) -> str:
    """An article of its own for each number."""
    return "\n\n".join(PARAGRAPHS).format(number) + "\n"


def dirty(number: int) -> str:
    """The same with a sign-up line in it, which `RULES` drop."""
    return body(number).replace("\n\nBy", "\n\nGet the harbour letter every Monday\n\nBy")


RULES = """
source = "example.org"

[[drop]]
id = "harbour-letter"
category = "newsletter"
line = '^Get the harbour letter every .{3,9}day$'
why = "A sign-up line stands in each article."
hits = ["Get the harbour letter every Monday"]
spares = ["Get the harbour letter every Monday, she said."]
"""
URL = "https://www.example.org/ferry"


HALM = [
    "The ferry to Halm will run twice a day from the first of May, the harbour board decided on Monday night.",
    "For eleven years the island had one boat a week, and in the storms of the winter it often had none at all.",
    "“We have learnt to bake our own bread,” said Jan Ahe, who keeps the only shop between the pier and the church.",
    "The board will pay for a pier of steel, which is to stand before the autumn, and for a second crew of four.",
    "Nobody has told yet what a ticket will cost, and whether the post will come with the morning boat or the other.",
]
"""Paragraphs of an article."""
