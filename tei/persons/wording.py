"""What tells a name in an unknown text: titles, common forenames, verbs of saying, and what is no person.

Conventions of several languages, none of a particular text. All words are folded (``tokens.fold``).
"""

from __future__ import annotations

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


#: Written before a name, with or without a full stop.
TITLES: Final = _words(
    "abgeordnete abgeordneter admiral adv advocate agb agent ambassador assistant attorney aunt baron",
    "brother bundeskanzler bundeskanzlerin canon capt captain chair chairman chairwoman chancellor chief",
    "citizen col colonel com commander comrade comrades congressman congresswoman constable corporal",
    "counsel count countess cousin czar dame delegate deputy detective director don dona dr drs duke",
    "editor emperor empress engineer father frau fraulein gen general gov governor graf herr herrn hon",
    "honorable honourable inspector judge justice king kollege kollegen kollegin lady lieutenant lord lt",
    "m madam madame maj major marshal mayor member messrs mev minister ministerin miss mlle mme mnr",
    "monsieur mr mrs ms nurse officer paralegal pope prasident prasidentin premier premierminister",
    "premierministerin president prince princess private prof professor queen rep representative rev",
    "reverend saint secretary sen senator senor senora sergeant sgt shri signor signora sir sister smt",
    "speaker special staatssekretar supervisor supervisory thiru tovarishch tsar uncle vice-president",
)

#: Common in several languages; each makes the next capitalised word a surname.
FORENAMES: Final = _words(
    "aaron abdul abel abraham adam adolf agnes ahmed alan albert alec aleksandr alex alexander alexei",
    "alfred ali alice amanda amy anastas anatoly andre andrea andreas andrei andrew andrey angela",
    "angelika anita ann anna anne annie anthony anton antonio arnold arthur barack barbara ben benito",
    "benjamin bernard bertram bill bobby boris brian bruce carl carlos carol caroline catherine cecily",
    "charles charlotte chris christian christine christoph christopher claire clara claude colin",
    "condoleezza cynthia daniel david deborah dennis diana dietmar dmitri dmitry donald dorothy douglas",
    "dwight edgar edith edmund eduard edward eileen eleanor elena elizabeth ella ellen emma eric erich",
    "erika ernest ernst eugene eva evgeny fatima felix florian francis francisco franco frank franklin",
    "franz fred frederick friedrich fritz gabriel gareth gary gavrilo george georges georgi gerald gerard",
    "gerda german gertrude gina giovanni giuseppe gordon grace graham greg gregory grigory guglielmo",
    "gustav gwendolen hannah hans harold harriet harris harrison harry heather heinrich helen helena",
    "henri henry herbert herman hermann hillary horst howard hugh ian igor ilya irene isaac isabel ivan",
    "jack jacob jacques james jan jane janet jason jean jeff jennifer jeremy jerry jessica jim joachim",
    "joan joe johan johann johannes john jonathan jordan jorge jose josef joseph joshua juan judith julia",
    "julian julius jurgen justin karen karin karl katarina kate katherine kathleen katrin keith kenneth",
    "kevin klaus klement konstantin kurt larry laura lawrence leo leon leonard leonid lev lewis liam",
    "linda lisa lloyd louis louise lucy ludwig luis luke lydia manuel marc marcus margaret maria marie",
    "marina mario mark martha martin mary matthew maurice max maxim melissa michael michel michelle",
    "mikhail mohamed mohammed muhammad nadezhda nancy natalia nathan neil nelson nestor nicholas nicolas",
    "nicole nigel nikita nikolai nina noel norman olaf olga oliver oscar otto pablo palmiro pamela",
    "patricia patrick paul paula pavel peter petra philip philipp pierre pietro rachel ralph raymond",
    "rebecca regina reinhard richard robert roger roland ronald rosa rosie rudolf russell ruth ryan",
    "sabine sally sam samuel sandra sara sarah scott sean sebastian sergei sergey sharon sherrod simon",
    "sophie stanley stefan stephan stephen steve steven stewart susan sylvia tatiana ted terence theodore",
    "theresa thomas tim timothy tobias tom tony ulrich ulrike ursula valentina vasily vera vernon",
    "veronica victor viktor vincent virginia vladimir volker vyacheslav walter wendy werner wilfred",
    "wilhelm william winston wolfgang yuri yvonne zoe",
)

#: Endings of surnames that few other words have.
SURNAME_ENDINGS: Final = (
    *("ov", "ev", "yov", "sky", "skii", "ski", "wicz", "vich", "enko", "chuk", "adze", "idze", "vili"),
    *("mann", "stein", "berger", "sson", "opoulos", "idis", "escu", "elli", "etti", "akis", "oglu"),
)

#: After a name these show a person at work.
DEEDS: Final = _words(
    "added admitted answered argued argues asked asks believed believes came claimed claims cried",
    "declared declares died explained explains herself himself insisted knew knows laughed lived married",
    "met nodded noted promised recalled remarked replied replies said say says shouted signed smiled",
    "speaks spoke tells thinks thought told wanted wants warned went who whose writes wrote",
)

#: A run of capitalised words that holds one of these names no person.
COLLECTIVE: Final = _words(
    "academy act acts administration affairs agency agreement airport alliance america american army",
    "article assembly association authority avenue bank battle bay bill board book bridge britain bureau",
    "cabinet capital center central centre century chamber chapter charter church city civil clause club",
    "clubs code coin college commission committee commons community company conference congress",
    "constitution convention cooperation corporation corps council country county court covenant crown",
    "declaration defence defense department development district division dollar east eastern economic",
    "economy education embassy empire europe european exhibit exports fashion federal federation finance",
    "fleet force forces foreign foundation front fund government group hall health high history home",
    "hospital hotel house inc independence industry institute intelligence international internet island",
    "islands journal kingdom labor labour lake law laws league letter library limited line local ltd",
    "market memorial ministry mission motion mount movement museum nation national nations navy new news",
    "north northern note ocean office opposition order organisation organization page palace parliament",
    "part party peace people peoples petition plan plenum point police policy politburo post power press",
    "project province public question railway red reform regime region relations republic research",
    "reserve resolution revolution rights river road room rules school science sea section security",
    "senate service services social socialist society south southern soviet square staff stage standing",
    "state states station statute street studies supreme system tax team technology territory theatre",
    "times title trade training transport treasury treaty tribunal union united university valley village",
    "volume war wars west western white world zone",
)

#: Capitalised, and never a name by themselves.
NOT_NAMES: Final = _words(
    "a adv ah all also american an and answers any appendix applause apr april are as at audience aug",
    "august be because been beifall british but by bystander bystanders can catholic cf chapter cheers",
    "chinese christian christmas could court cross damen das dec december dem den der des did die direct",
    "do does easter eight ein eine english enter es even ever examination executive exeunt exhibit exit",
    "feb february fifth figure first five for four fourth fraktion frau french fri friday from gentlemen",
    "german god good he heiterkeit hello her here herr herren him his hon honor honour how i ibid ich if",
    "in is ist it its jan january jewish jul july jun june jury just ladies last laughter let mar march",
    "may me members might moderator mon monday most muslim must my neither never next nicht nine no nor",
    "not nov november now objection oct october of oh ok okay on one only operator or our overruled part",
    "please pp q questioner redirect russian sat saturday second sep sept september servant seven shall",
    "she should sie sind sirs sitting six so some such sun sunday sustained table ten terms than thank",
    "thanks that the their them then there these they third this those three thu thursday thus to too",
    "transcript tue tuesday two und unidentified us very voices vol war was we wed wednesday well what",
    "when where whereas which while whip who why will wir with witness would yes you your",
)
