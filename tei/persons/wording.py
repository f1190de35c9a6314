"""What tells a name in an unknown text: titles, common forenames, verbs of saying, and what is no person.

Conventions of several languages, none of a particular text. All words are folded (``tokens.fold``).
"""

from __future__ import annotations

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


#: Written before a name, with or without a full stop.
TITLES: Final = _words(
    "mr mrs ms miss messrs mme m mlle dr drs prof professor sir madam madame lady lord dame hon honourable",
    "honorable rev reverend father sister brother judge justice attorney counsel captain capt major maj",
    "colonel col general gen lieutenant lt sergeant sgt corporal private marshal admiral commander officer",
    "president vice-president chancellor premier minister secretary senator sen congressman congresswoman",
    "representative rep governor gov mayor ambassador chairman chairwoman chair speaker director comrade com",
    "comrades citizen delegate king queen prince princess emperor empress tsar czar duke count countess baron",
    "pope saint herr frau fraulein graf monsieur signor signora senor senora don dona tovarishch agent special",
    "detective inspector chief uncle aunt cousin nurse editor member shri smt thiru",
)

#: Common in several languages; each makes the next capitalised word a surname.
FORENAMES: Final = _words(
    "aaron abdul abel abraham adam adolf agnes ahmed alan albert alec aleksandr alex alexander alexei alfred ali",
    "alice amanda amy anastas anatoly andre andrea andreas andrei andrew andrey angela angelika anita ann anna",
    "anne annie anthony anton antonio arnold arthur barack barbara ben benito benjamin bernard bertram bill",
    "bobby boris brian bruce carl carlos carol caroline catherine cecily charles charlotte chris christian",
    "christine christoph christopher clara claire claude colin condoleezza cynthia daniel david deborah dennis",
    "diana dietmar dmitri dmitry donald dorothy douglas dwight edgar edith edmund eduard edward eileen elena",
    "eleanor elizabeth ella ellen emma eric erich erika ernest ernst eugene eva evgeny fatima felix florian",
    "francis francisco franco frank franklin franz fred frederick friedrich fritz gabriel gareth gary gavrilo",
    "george georges georgi gerald gerard gerda german gertrude gina giovanni giuseppe gordon grace graham greg",
    "gregory grigory guglielmo gustav gwendolen hannah hans harold harriet harris harrison harry heather heinrich",
    "helen helena henri henry herbert herman hermann hillary horst howard hugh ian igor ilya irene isaac isabel",
    "ivan jack jacob jacques james jan jane janet jason jean jeff jennifer jeremy jerry jessica jim joan joe",
    "joachim johan johann john johannes jonathan jordan jorge jose josef joseph joshua juan judith julia julian",
    "julius jurgen justin karen karin karl katarina kate katherine kathleen katrin keith kenneth kevin klaus",
    "klement konstantin kurt larry laura lawrence leo leon leonard leonid lev lewis liam linda lisa lloyd louis",
    "louise lucy ludwig luis luke lydia manuel marc marcus margaret maria marie marina mario mark martha martin",
    "mary matthew maurice max maxim melissa michael michel michelle mikhail mohamed mohammed muhammad nadezhda",
    "nancy natalia nathan neil nelson nestor nicholas nicolas nicole nigel nikita nikolai nina noel norman olaf",
    "olga oliver oscar otto pablo palmiro pamela patricia patrick paul paula pavel peter petra philip philipp",
    "pierre pietro rachel ralph raymond rebecca regina reinhard richard robert roger roland ronald rosa rosie",
    "rudolf russell ruth ryan sabine sally sam samuel sandra sara sarah scott sean sebastian sergei sergey",
    "sharon sherrod simon sophie stanley stefan stephan stephen steve steven stewart susan sylvia tatiana ted",
    "terence theodore theresa thomas tim timothy tobias tom tony ulrich ulrike ursula valentina vasily vera",
    "vernon veronica victor viktor vincent virginia vladimir volker vyacheslav walter wendy werner wilfred",
    "wilhelm william winston wolfgang yuri yvonne zoe",
)

#: After a name these show a person at work.
DEEDS: Final = _words(
    "said says say asked asks answered replied told tells wrote writes spoke speaks thought thinks believed",
    "believes declared declares explained explains added argued argues claimed claims admitted insisted noted",
    "remarked warned promised knew knows wanted wants went came died smiled laughed nodded shouted cried recalled",
    "replies signed met married lived himself herself who whose",
)

#: A run of capitalised words that holds one of these names no person.
COLLECTIVE: Final = _words(
    "act acts administration academy affairs agency agreement airport alliance america american army article",
    "assembly association authority avenue bank battle bay bill board book bridge britain bureau cabinet capital",
    "center central centre century chamber chapter charter church city civil clause club code college commission",
    "committee commons community company conference congress constitution convention cooperation corporation",
    "corps council country county court covenant crown declaration defense defence department development",
    "district division east eastern economic economy education embassy empire europe european exhibit federal",
    "federation finance fleet force forces foreign foundation front fund government group health hall high",
    "history home hospital hotel house inc independence industry institute intelligence international internet",
    "island islands journal kingdom labor labour lake law laws league letter library limited line local ltd",
    "market memorial ministry mission motion movement mount museum nation national nations navy new news north",
    "northern ocean office opposition order organisation organization page palace parliament part party peace",
    "people peoples petition plan plenum point police policy politburo post power press project province public",
    "question railway red reform regime region relations republic research reserve resolution revolution rights",
    "river road room rules school science sea section security senate service services social socialist society",
    "soviet south southern square staff stage standing state states station statute street studies supreme",
    "system territory times title trade treaty treasury tribunal union united university valley village volume",
    "war wars west western white world zone",
)

#: Capitalised, and never a name by themselves.
NOT_NAMES: Final = _words(
    "i a an and or the but if in on at to of for from by with as it its is was are be been he she they we you",
    "this that these those there here what when where who why how which while then than thus so such some any all",
    "no not nor yes now never ever even only just also too very my your his her our their him them me us one two",
    "three four five six seven eight nine ten first second third fourth fifth last next january february march",
    "april may june july august september october november december monday tuesday wednesday thursday friday",
    "saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun god sirs",
    "gentlemen ladies ladies applause laughter cheers voices vol no pp ibid cf chapter part appendix figure table",
    "christmas easter english french german russian british american chinese jewish christian catholic muslim",
    "q okay ok well please thank thanks hello let do does did can could will would shall should must might",
    "objection sustained overruled honor honour court jury witness exhibit ladies transcript beifall heiterkeit",
    "und der die das den dem des ein eine ich wir sie es nicht ist sind war herren damen herr frau",
)
