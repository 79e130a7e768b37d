"""Short invented articles that go on below a prompt: what follows stays, and what only follows goes."""

from __future__ import annotations

import pytest

from cleaner import Cleaner

PORT_ELLEC = """Accueil
Actualité
Sports
Annonces
À Port-Ellec, la passerelle du canal va enfin rouvrir
Par Maëlle Guern
Publié le 14 mars 2031 à 06h00
+ Fermée depuis quatre ans, la passerelle du canal devrait rouvrir à l'automne, a décidé jeudi le conseil municipal.
+ Depuis 2027, les habitants du quartier de la Croix font près de deux kilomètres à pied pour aller chez le médecin.
À lire également
Port-Ellec : un incendie détruit une grange
+ Les travaux doivent commencer en mai. L'ancien tablier sera soulevé par une grue et emporté dans un chantier.
Recevez gratuitement notre newsletter
Votre adresse e-mail est utilisée par Le Courrier du Canal pour vous adresser ses lettres d'information.
+ Tout le monde n'est pas satisfait. L'opposition aurait préféré que l'argent serve à la rue de l'école.
+ La délibération a été adoptée par neuf voix contre quatre.
Vous avez une information à nous signaler ?
Mentions légales
Politique de confidentialité
Contact"""
ELLERHAVN = """Forsiden
Nyheter
Sport
Debatt
Gangbrua over kanalen åpner etter fire år
Av Marte Ødegård
+ Gangbrua som binder samman to bydeler i Ellerhavn, kan åpne igjen til høsten, vedtok kommunestyret torsdag kveld.
+ – Jeg har fått brev fra folk som har mistet timen sin fordi de ikke klarte bakken, sier ordfører Rut Pennestad.
Les også
Brann ødela låve utenfor Ellerhavn
+ Arbeidet begynner i mai. Det gamle dekket løftes bort med kran og fraktes til et verft i Haugesund.
Annonse
+ Ikke alle er fornøyd. Opposisjonen ville heller brukt pengene på veien ved skolen, der to barn ble skadd i fjor.
+ Vedtaket ble gjort med ni mot fire stemmer.
Har du tips til denne saken? Send en e-post til tips@ellerhavn.example
Om oss
Personvern"""
GARTENSTRASSE = """Nachrichten
Blaulicht
Sport
Kellerbrand in der Gartenstraße gelöscht
6. Mai 2031, 10:41 Uhr
+ Bei einem Kellerbrand in der Gartenstraße ist am Dienstag ein Mann verletzt worden. Nachbarn riefen die Feuerwehr.
+ Der 54-Jährige kam mit Rauchvergiftung in eine Klinik. Den Schaden schätzt die Polizei auf 20.000 Euro.
Newsletter abonnieren
Keine Nachricht verpassen: Melden Sie sich für unseren kostenlosen Newsletter an.
+ Die Gartenstraße war bis zum Mittag gesperrt.
Impressum
Datenschutz
Kontakt"""
TEASER = """Voorpagina
Nieuws
Sport
Weer
Bibliotheek gaat ook op zondag open
4 mei 2031, 10:00
+ De bibliotheek van Tolver gaat vanaf juni ook op zondag open, meldt de provincie. Op maandag blijft zij dicht.
+ Lezers vroegen er al jaren om. In een enquête zei twee derde doordeweeks niet te kunnen komen.
Lees ook
Bakker stopt na 61 jaar
Het laatste brood ging zaterdag over de toonbank, en de rij stond tot om de hoek.
Over ons
Privacy
Contact"""
NEWSLETTER = """Startseite
Lokales
Sport
Anzeigen
Bücherei öffnet künftig auch sonntags
Von Nora Fink
4. Mai 2031, 10:00 Uhr
+ Die Bücherei in Tolfer öffnet von Juni an auch sonntags. Dafür bleibt sie montags zu, wie der Kreis mitteilte.
+ Die Leser hatten sich das seit Jahren gewünscht. In einer Umfrage hatten zwei Drittel werktags keine Zeit.
Newsletter
Jeden Freitag stellen wir das Beste der Woche zusammen, ausgewählt von der Redaktion und in fünf Minuten gelesen.
Jetzt anmelden
Impressum
Datenschutz
Kontakt"""


def split(page: str) -> tuple[str, list[str]]:
    """The page, and the lines of its body, which are marked."""
    lines = page.split("\n")
    body = [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    return "\n".join(line.removeprefix("+ ") for line in lines), body


def lines_of(body: str) -> list[str]:
    return [line for line in body.split("\n") if line]


@pytest.mark.parametrize("page", [PORT_ELLEC, ELLERHAVN, GARTENSTRASSE])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_an_article_goes_on_below_what_stands_inside_it(page: str, between: str) -> None:
    text, body = split(page)
    assert lines_of(Cleaner(rules=()).clean(text.replace("\n", between))) == body


@pytest.mark.parametrize("page", [TEASER, NEWSLETTER])
def test_what_is_said_of_the_prompt_goes(page: str) -> None:
    text, body = split(page)
    assert lines_of(Cleaner(rules=()).clean(text)) == body
