"""Common given names, folded: those of many countries as English newspapers write them, and no words of other use."""

from __future__ import annotations

GIVEN = frozenset(
    (
        "aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alejandro alex alexander alexandra"
        " alexei alfred ali alice alison allan allen amanda amir amy ana anastasia andre andrea andreas andrei"
        " andrew andy angela ann anna anne annie anthony anton antonio arthur barack barbara ben benjamin bernard"
        " beth betty bill billy bob bobby boris brenda brian bruce bryan carl carla carlos carol caroline catherine"
        " cecilia chris christina christine christopher claire claude claudia colin craig cynthia dan dana daniel"
        " daniela danny dave david deborah denis dennis diana diane diego dieter dimitri dmitry don donald dorothy"
        " doug douglas eddie edgar eduardo edward elena eleanor elizabeth ellen emily emma emmanuel enrique eric"
        " erik ernest eugene eva evan evelyn fatima felipe felix fernando francesca francesco francis francisco"
        " frank frankie fred frederick gabriel gareth gary gavin geoff geoffrey george gerald gerard gerhard"
        " gilbert giovanni giuseppe glenn gloria gordon greg gregory gustav guy hans harold harry hassan heather"
        " hector heidi helen helena helmut henri henry herbert hillary howard hugh hugo hussein ian ibrahim igor"
        " ingrid irina irene isaac isabel ivan jack jackie jacob jacques jake james jamie jan jane janet jared"
        " jason javier jay jean jeff jeffrey jennifer jeremy jerome jerry jessica jim jimmy joan joanna joanne joe"
        " joel johan johannes john johnny jon jonathan jorge jose josef joseph josh joshua josé juan judith judy"
        " julia julian julie julio jürgen karen karim karin karl kate katherine kathleen kathryn kathy katie keith"
        " ken kenneth kevin khalid kim klaus konstantin kristina kurt kyle larry lars laura lauren laurence"
        " lawrence lea lena leo leon leonard leonardo leslie liam linda lisa liz lorenzo louis louise luca lucas"
        " lucia lucy luis luke lynn magnus mahmoud malcolm manuel marc marcel marco marcos marcus margaret maria"
        " marie mario marion mark marta martha martin martina mary mathias matt matthew maurice max maxim megan"
        " mehmet melissa michael michel michelle miguel mike mikhail mohamed mohammad mohammed monica mustafa nadia"
        " nancy natalia natalie natasha nathan neil nicholas nick nicola nicolas nigel nikolai nina noah noam nora"
        " norman olga oliver olivia omar oscar otto pablo pamela patricia patrick paul paula pavel pedro peter phil"
        " philip philippe phillip pierre rachel rafael ralph ramon raymond rebecca rené ricardo richard rick rob"
        " robert roberto robin rodrigo roger roland ronald ronnie rosa ross roy ruth ryan salman sam samantha samir"
        " samuel sandra sara sarah scott sean sebastian serge sergei sergey sergio sharon sheila shirley sibylle"
        " simon simone sofia sonia sophia sophie stan stefan stephanie stephen steve steven stuart susan suzanne"
        " svetlana sylvia tamara tariq tatiana ted teresa terry theodore theresa thomas tim timothy tina todd tom"
        " tomas tommy tony tracy ulrich ursula valentina valeria vanessa vera veronica victor vincent viktor"
        " vladimir walter wayne wendy werner wilhelm william wolfgang xavier yasmin yuri yusuf yves zachary"
    ).split()
)
