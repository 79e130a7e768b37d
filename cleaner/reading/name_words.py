"""Words of bylines: what opens them, what is no name in them, what is no person's."""

from __future__ import annotations

from cleaner.reading.listed import word_set

OPENERS = word_set(
    "by von par por di door av af autor: auteur: autore: author: autora: auteurs: authors: автор: автор 作者： 作者: "
    "文： 文: 文／ 文/ text: texte: texto: words: written-by posted-by words-by story-by text-by review-by reviewed-by "
    "interview-by guest-post-by published-by created-by reporting-by geschrieben-von ein-gastbeitrag-von "
    "ein-kommentar-von een-artikel-van escrito-por publicado-por publié-par écrit-par scritto-da a-cura-di skrevet-af "
    "skrevet-av tekst: text-und-foto:"
)
"""What opens a byline; "-" stands for a blank."""

PARTICLES = word_set("von van der den de del della di da la le du al bin ibn af av zu zur ter ten dos das do y e")
"""Words inside a name that need no capital."""

HOUSE = word_set(
    "academy admin administrator agence agencia agencies agency agentur ajansı associated association authority blog "
    "board bureau center centre club co committee communications community company consulting contributed "
    "contributors corp corporation council default department desk digital edition editions editor editorial editors "
    "foundation gesellschaft gmbh group gruppe guest haber house inc insider institut institute international kft lab "
    "labs limited llc llp ltd magazin magazine marketing media ministry nachrichten network news newsdesk newspaper "
    "newsroom nieuws noticias office online organization partner partners pr press presse pressestelle production "
    "productions pty publications publisher publishing radio redacao redaccion redacción redactie redakcja "
    "redaksjonen redaktion redaktionen redazione redação release reports research reuters rédaction s.a. sa school "
    "server service services society software solutions sponsor sponsored staff studio studios support system team "
    "technologies the toimitus university universität user username verlag webmaster website zeitung редакция "
    "編集部 编辑部 기자단 편집국"
)
"""Words of names that are no person's."""

ROLES = word_set(
    "analyst anchor assistant associate attorney author autorin blogger ceo chief cmo cofounder columnist "
    "contributing contributor coordinator correspondent creator critic cto deputy director doctor editor executive "
    "expert founder freelance freelancer giornalista head host journalist journaliste journalistin korrespondent "
    "korrespondentin lead manager managing officer owner parliamentary periodista photographer political president "
    "principal producer professor redacteur redacteurin redactor redactora redakteur redakteurin reporter reporterin "
    "researcher senior special specialist sr sr. staff strategist vice vp writer"
)
"""Words that begin what somebody is."""

DEGREES = word_set("cfp cfa cpa dds dpt dvm esq jd ma mba md mph ms msn msw np pa pharmd phd psyd rd rdn rn")
"""What follows a name behind a comma without being one."""

ENDS = word_set("jr jr. sr sr. ii iii iv")
"""What belongs to the name before a comma."""

DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
)
"""Words that begin a date behind a name."""

HOUSES = frozenset(["condé nast", "advance local", "hearst digital", "dow jones", "getty images", "future plc"])
"""Publishing houses whose names could be a person's."""

REPORTERS = frozenset(["기자", "記者", "记者", "特派員"])
"""What follows a name as its title."""
