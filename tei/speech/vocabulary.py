"""The words with which minutes and transcripts report what an audience does.

Nothing but data: the words of several languages' conventions, for `tei.speech.reactions`. An
edition with other habits extends the default (`Profile.extended`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final


@dataclass(frozen=True, eq=False)
class Profile:
    """The vocabulary of bracketed reactions.

    Every word is in lower case; ``applau*`` stands for every word that begins so.

    - ``kinds``: words that name a reaction, by kind ("applause", "laughter" …, the keys of
      `tei.speech.reactions.REACTION_KINDS`).
    - ``verbs``: words that name one only with a collective subject ("the delegates *rise*"); alone
      ("laughs") they tell what the speaker does.
    - ``cries``: fixed exclamations that are printed without quotation marks ("Hear, hear!").
    - ``weak``: words of ``kinds`` that mean other things too ("movement"); alone in a bracket they
      count only with some sign that a transcript speaks (a place, a bracket on a line of its own …).
    - ``modifiers``: what may stand beside them ("stormy", "prolonged", "and", "the").
    - ``subjects``: who reacts ("audience", "delegates").
    - ``places``: where ("hall", "left").
    - ``openers``: after these, names may follow ("from the Left", "bei der SPD", "Mr. Smith").
    """

    kinds: Mapping[str, Iterable[str]]
    verbs: Mapping[str, Iterable[str]] = field(default_factory=dict)
    cries: Iterable[str] = ()
    weak: Iterable[str] = ()
    modifiers: Iterable[str] = ()
    subjects: Iterable[str] = ()
    places: Iterable[str] = ()
    openers: Iterable[str] = ()

    def extended(
        self, kinds: Mapping[str, Iterable[str]] | None = None, modifiers: Iterable[str] = ()
    ) -> Profile:
        """The same profile with more words for some kinds, and more modifiers."""
        merged = {kind: tuple(words) for kind, words in self.kinds.items()}
        for kind, words in (kinds or {}).items():
            merged[kind] = (*merged.get(kind, ()), *(word.casefold() for word in words))
        return replace(
            self, kinds=merged, modifiers=(*self.modifiers, *(word.casefold() for word in modifiers))
        )


def _words(*texts: str) -> tuple[str, ...]:
    """The words of some lines, each once."""
    return tuple(dict.fromkeys(word for text in texts for word in text.split()))


_KINDS: Final = {
    "applause": _words(
        "applause plaudits clapping handclapping handclaps deskthumping desk-thumping thumping acclaim",
        "acclamation acclamations beifall* applaus händeklatschen klatschen tischeklopfen applaudissement",
        "applaudissements aplauso aplausos palmas applauso applausi acclamazione acclamazioni аплодисмент*",
        "рукоплескани* applous handgeklap geroffel",
        "palmas aplaudiment* oklaski oklasków brawa potlesk* potlesky оплеск* ръкопляскания alkış*",
        "applåd* applåder klappsalver applaus bifald bifall taputuksia suosionosoituksia taps tapsot",
        "aplauz* aplauze pljesak ploskanj* aplodismen* χειροκροτήματα plojim* aplausi",
    ),
    "ovation": _words(
        "ovation ovations ovation* ovación ovaciones ovazione ovazioni ovatie ovasie оваци*",
        "owacja owacje owacji ovacions ovação ovações ovace ovácie оваці* ovationer ovationen",
    ),
    "laughter": _words(
        "laughter guffaws giggles giggling chuckling merriment hilarity lachen gelächter heiterkeit rire",
        "rires sourire sourires hilarité risa risas hilaridad risate ilarità смех смеха смехом хохот gelag",
        "gelach hilariteit vrolikheid vrolijkheid",
        "risos riso gargalhadas hilaridade rialles wesołość śmiech śmiechy smích* smiech* veselost",
        "veselí сміх* смях* gülüşmeler skratt skrattar munterhet munterhed latter naurua derültség",
        "nevetés râsete smijeh smeh γέλωτες γέλια juokas smiekli",
    ),
    "animation": _words(
        "animation animación animazione оживлени* bewegtheit levendigheid opgewektheid",
    ),
    "movement": _words(
        "movement stir sensation bewegung mouvement mouvements movimiento movimientos movimento movimenti",
        "движени* сенсаци* beweging",
        "poruszenie ruch pohyb moviment",
    ),
    "commotion": _words(
        "commotion noise stirrings hubbub murmur murmurs murmuring muttering whispering unruhe lärm",
        "gemurmel murren raunen bruit murmure murmures rumeur rumeurs brouhaha rumor rumores ruido",
        "murmullos rumore rumori mormorio mormorii brusio шум шума волнени* ропот гул rumoer geraas",
        "gemompel onrus onrust",
        "burburinho sussurro sussurros burburinhos remor remors gwar hałas szum hluk* šum шум* гамір",
        "uğultu* vurmalar gürültü* sorl uro hälinää zaj moraj mozgás rumoare murmure vociferări žamor žagor",
        "graja buka θόρυβος триво* šurmulys troksnis",
    ),
    "indignation": _words(
        "indignation outrage anger protest protests dissent groans groaning empörung entrüstung widerspruch",
        "widersprüche proteste entrüstungsrufe protestation protestations indignación protesta protestas",
        "indignazione возмущени* негодовани* протест* verontwaardiging protesten",
        "protestos indignação protestes protesty sprzeciw oburzenie nesouhlas обурення felzúdulás",
        "proteste protesti",
    ),
    "tumult": _words(
        "tumult uproar pandemonium turmoil tumulte tumulto tumultos tumulti aufruhr vacarme alboroto",
        "scompiglio смятени* суматоха",
    ),
    "voices": _words(
        "voice voices cry cries shout shouts shouting exclamation exclamations calls yell yells stimme",
        "stimmen rufe ruf ausrufe rufen voix cris cri voz voces gritos exclamaciones voce voci grida",
        "esclamazioni голос голоса голосов возглас* выкрик* крик* реплик* stem stemmen stemme kreten",
        "uitroepe geroep",
        "vozes gritos crits veus głos głosy głosów okrzyk okrzyki okrzyków výkřik* výkrik* hlasy",
        "sesler sesleri sesi вигук* голоси голосів välihuutoja bekiabálás közbekiáltás*",
        "közbekiáltások vzklik* povici glasovi",
    ),
    "rising": _words(
        "вставани*",
    ),
    "booing": _words(
        "boo boos booing jeers jeering hiss hisses hissing heckling catcalls buhruf* buhrufe zischen pfiffe",
        "pfeifen pfuiruf* pfui huées sifflets abucheos silbidos pitos pateos fischi свист шиканье boegeroep",
        "gejou",
        "vaia vaias apupo apupos assobios xiulets buczenie gwizdy pískot* bučení buuropen buh-rufe",
        "unmutsrufe",
    ),
    "cheering": _words(
        "cheer cheers cheering hurrah hurrahs hurray hooray whoops whooping whistles whistling chanting",
        "chants jubel hochrufe bravoruf* bravo bravos jubelrufe johlen vivats acclamations ovationner",
        "hourras vítores vivas evviva ура gejuich gejubel toejuiching toejuigings gejuig",
        "vivas skandowanie hurra hurrarop éljenzés usklici",
    ),
    "interjection": _words(
        "interjection interjections interruption interruptions heckle heckles crosstalk zuruf* zwischenruf*",
        "gegenruf* einwurf einwürfe interrupción interrupciones interruzione interruzioni commento commenti",
        "tussenwerpsel tussenwerpsels interrupsie interrupsies interruptie interrupties",
        "aparte apartes interpelações interpelação közbeszólás* közbeszólások репліки upadice",
        "medklici dobacivanje",
    ),
    "disorder": _words(
        "disorder disturbance disturbances disorderly tumultuoso desorden disordine disordini беспоряд*",
        "wanorde wanordelikheid",
    ),
    "music": _words(
        "music anthem fanfare singing musik musique música musica музыка musiek muziek",
    ),
    "other": _words(
        "silence hush stille silencio silenzio тишина stilte",
        "zustimmung zustimmungsrufe assentiment approbation approbations asentimiento assentimento",
        "assenso consensi одобрени* instemming",
    ),
}

_VERBS: Final = {
    "applause": _words(
        "applaud applauds applauding applauded claps clap applaudieren applaudiert klatschen klatscht",
        "applaudit applaudissent aplauden aplaude applaude applaudono аплодируют рукоплещут",
        "aplaudem aplaudeix aplaudeixen klaszcze klaszczą uderza uderzają",
    ),
    "laughter": _words(
        "laugh laughs laughing laughed chuckle chuckles giggle snicker snickers lacht rient rit ríen ríe",
        "ride ridono смеются lag",
        "riem ri śmieje śmieją",
    ),
    "cheering": _words(
        "whoop cheered jubeln jubelt juichen juig",
    ),
    "booing": _words(
        "hisses jeer",
    ),
    "rising": _words(
        "rise rises rising rose stand stands erheben erhebt lèvent lève встают встает встаёт поднимаются",
        "alzano levano levantan staan",
        "levantam levantam-se levanta-se wstaje wstają wstaną vstávají встають povstanú",
    ),
    "interjection": _words(
        "interject interjects interjecting interrupt interrupts interrupting",
    ),
    "voices": _words(
        "shout shouts shouting cry exclaim rufen ruft crient gridano gritan кричат",
        "skanduje skandują chant chants gritam criden",
    ),
    "music": _words(
        "sing sings singen singt chantent поют cantano cantan",
    ),
}

_CRIES: Final = (
    *("hear hear", "order order", "shame shame", "question question"),
    *("hört hört", "sehr richtig", "sehr wahr", "sehr gut", "aha", "oh", "ah"),
    *("très bien", "très bien très bien", "muy bien", "muy bien muy bien"),
    *("molto bene", "bene bravo", "bene"),
    *(
        "bravo",
        "bravo bravo",
        "правильно",
        "hoor hoor",
        "muito bem",
        "apoiado",
        "molt bé",
        "brawo",
        "výborně",
    ),
)

# Words that are a reaction only if something else says so: a place, a sign of the transcript.
_WEAK: Final = _words(
    "movement stir sensation noise animation rising voice voices cry cries shout shouts calls ruf rufe",
    "stimme stimmen voix cri cris voz voces gritos voce voci grida голос* возглас* крик* music anthem",
    "singing musik musique música musica музыка musiek muziek silence hush stille silencio silenzio тишина",
    "stilte disorder disturbance disturbances mouvement mouvements movimento movimiento movimientos",
    "bewegung движени* шум bruit anger protest proteste protests protesta protestas dissent outrage",
    "commento animación animazione cheer thumping acclaim stem stemmen stemme risa rumor rumores",
    "turmoil tumult interruption murmur whistling ride reaction revolt pitos palmas acclamation bene oh ah",
    "aha protesten beweging rumeur exclamation protestation exclamations protestations gul гул протест*",
    "волнени* реплик* беспоряд* chants chanting chuckling whispering commotion indignation indignación",
    "indignazione indignation* sourire rire lärm pfeifen zischen erheben",
    "palmas ruch pohyb moviment zaj mozgás buka uro vozes gritos crits veus głos głosy głosów okrzyk",
    "okrzyki hlasy sesi sesleri sesler riso vivas protestos protestes protesty proteste protesti",
    "sprzeciw zustimmung approbation approbations assentiment assentimento asentimiento assenso",
    "consensi murmure sussurro szum šum hluk* aparte apartes aplausi одобрение*",
    "latter taps sorl bifald buka graja",
)

_MODIFIERS: Final = _words(
    # English
    "a an the and with amid of to into in on by at from for as then again more much some many few several",
    "all both various general loud louder long longer lengthy prolonged continued continuing continuous",
    "sustained stormy tempestuous thunderous tumultous tumultuous tremendous enormous great hearty warm",
    "warmest wild vigorous lively enthusiastic deafening rousing rapturous uproarious renewed repeated",
    "scattered slight mild light polite isolated sporadic spontaneous unanimous friendly ironic ironical",
    "sarcastic derisive derisory mocking nervous bitter brief short standing rhythmic thundering vociferous",
    "violent angry extended further minor major mixed joyful joyous gleeful unceasing incessant growing",
    "becoming turning passing changing developing ending concluding culminating rising accompanied followed",
    "interrupted drowned lasting lasts lasted which who that whole entire goes go long-continued",
    "long-lasting never-ending merging grows turns passes becomes change changes ends mingled breaks broke",
    "out breaking bursts burst outburst outbursts round rounds peals peal roar roars roaring gales storm",
    "volley volleys ripple wave waves sound sounds sounding audible heard expressions exclamations signs",
    "applauding minutes minute seconds time times while feet up their his her one once over also still",
    "during after before between end speech back left right centre center side sides benches bench floor",
    "opposition government ministerial hall chamber house room gallery galleries court courtroom auditorium",
    "theatre theater tribune presidium seats place places parts part quarters aisle ranks throughout among",
    "amongst directions desk desks table tables hands foot hats rise thumping stamping stomping banging",
    "pounding greet greets greeting greeted hail hailed hails welcome welcomed honour honor shouting cheers",
    "is are be was were being have has crowd audience public continues continue resumes drown drowns off",
    "mic offstage inaudible simultaneous overlapping background pause leader speaker chairman president",
    "approval disapproval joy support surprise encouragement delight disbelief derision agreement assent",
    "approbation chorus quiet small big huge massive mass considerable increasing new gentle hollow",
    "good-natured",
    # German
    "anhaltender anhaltend anhaltende lang langanhaltender lange lebhafter lebhafte lebhaft lebhaftes",
    "stürmischer stürmische stürmisches großer große großes starker starke allgemeiner allgemeine",
    "allseitiger vereinzelt vereinzelter erneuter erneute erneut wiederholter minutenlanger kräftiger",
    "demonstrativer rhythmischer ironischer höhnisches langer fortgesetzter fortgesetzte andauernde",
    "andauernder weitere weiterer und sowie auch im der die das dem den des bei beim von vom aus auf zu zur",
    "ganzen ganzes hause haus saal saale links rechts mitte linken rechten abgeordneten abgeordnete",
    "abgeordneter mitgliedern regierungsbank bundesrat tribüne plenum fraktion fraktionen fraktionslosen",
    "seite seiten mehrere mehreren mehrerer einiger einzelner einige gegenrufe ruf als sich ihren plätzen",
    "ihre plätze rednerpult gruppe koalition zustimmung",
    # French
    "vifs vive vives vif nombreux nombreuses prolongés prolongées prolongé répétés répétées nouveaux",
    "nouvelles longs quelques et sur les le la l de du d au aux à même mêmes bancs gauche droite extrême",
    "dans salle toute tous ironiques divers diverses mouvements bruyants groupe groupes plusieurs très",
    "ainsi que députés sénateurs tribunes debout unanimes certains",
    # Spanish
    "prolongados prolongado fuertes grandes nutridos y e en el los las del al sala salón pie puestos bancos",
    "escaños señoras señores diputados senadores grupo parlamentario continúan siguen varios izquierda",
    "derecha generales",
    # Italian
    "prolungati prolungate vivi vivissimi vivissime generali il lo gli i dei degli delle della nella nel",
    "sinistra destra deputati senatori gruppo gruppi settori banchi alla dalla dal aula si congratula",
    "congratulazioni ripetuti ripetute",
    # Russian
    "бурные бурных продолжительные продолжительных долго долгие несмолкающие не смолкающие смолкающих",
    "нескончаемые громкие общий общее общая дружные горячие шумные переходящие переходящих перерастающие в",
    "во на и с из зале зала зал залу мест места месте с-места долгий веселое весёлое весёлый весёлые",
    "президиуме слева справа ложах ложе галерее овации раздаются раздается слышны слышен минут минуты",
    "несколько приветствуют приветствует приветственные стоя веселый аплодируют депутаты делегаты",
    "продолжительный сильный сильное всего всем продолжительное",
    # Dutch and Afrikaans
    "luid luide langdurig langdurige aanhoudend aanhoudende het van op ’n n uit bankjes zaal regs kant",
    "linkerzijde rechterzijde publieke agbare lede algemene algemeen",
    "muitos muitas muito vibrantes gerais do dos da das na nas no nos em e ao aos à às pé bancada",
    "bancadas plenário galeria galerias direita esquerda continuados demorados forts i perllongats",
    "perllongades llargs llargues alguns algunes per part bancs cambra dempeus generalitzats remor",
    "na sali z ze ławach ław posłów posłowie posłanki część długotrwałe długotrwała długie burzliwe",
    "huczne gromkie rzęsiste dzwonek w pulpity pulpit prawej lewej strony strona mikrofon w o i koła",
    "klubu silný silné bouřlivý bouřlivé dlouhotrvající dlouhý trvalý potlesk v sále sálu ze zo lavic",
    "lavice poslanců poslancov poslanci levice pravice středu celé pléna pléne galerie bouchání do na",
    "бурхливі тривалі у в залі залу із зали депутатів ayakta sıralarından sıralarında sıralarındaki",
    "dinleyici locasından sıra kapaklarına vurmalar ve i kammaren salen salens bänkarna padsoraiban",
    "padsoraiból padsorokban kormánypártok ellenzék oldalán nagy hosszan tartó a az és prelungite",
    "puternice sală din sala în klupe klupama klupi sa s u dvorani iz dvorane desnice ljevice buran",
    "dug dugotrajan бурни продължителни в залата от залата и на",
    "honourable honorable hon mr madam order desk-thumping assenting dissenting",
)

_SUBJECTS: Final = _words(
    "all everyone everybody audience crowd crowds delegate delegates deputy deputies member members senators",
    "spectators public",
    "house hall congress assembly meeting people those present listeners participants gallery students",
    "jurors guests congressmen congressional conference group others si alle anwesenden abgeordneten",
    "delegierten mitglieder saal haus publikum zuhörer abgeordnete tous députés délégués assistance salle",
    "sénateurs assemblée todos diputados público asistentes senadores asamblea señorías tutti deputati",
    "senatori pubblico assemblea все делегаты депутаты зал присутствующие almal lede leden allen",
    "diputada diputades deputada señorías cambra posłowie posłów poslanci poslancov депутати sala",
    "deputaţii deputații képviselők zastupnici",
)

_PLACES: Final = _words(
    "hall chamber house room gallery galleries left right centre center benches auditorium theatre theater",
    "floor seats court courtroom places parts quarters sides tribune presidium saal saale haus hause links",
    "rechts mitte tribüne tribünen plenum regierungsbank bundesratsbank salle gauche droite bancs tribunes",
    "sala salón izquierda derecha escaños bancos aula sinistra destra banchi зале зала зал мест места месте",
    "слева справа ложах президиуме галерее zaal linkerzijde rechterzijde",
    "sali sále sálu plenário galerias galeria bancadas bancada залі залата salen kammaren sala cambra",
    "padsoraiban",
)

_OPENERS: Final = _words(
    "from by on of among amongst in at for mr mrs ms dr sir lord lady sen rep hon prof comrade comrades",
    "chairman president minister secretary bei beim von vom der des dem den die aus im abg abgeordneten",
    "abgeordnete abgeordneter fraktion bundesminister bundesministerin staatssekretär m mm mme mmes du de",
    "la le les groupe groupes del los las grupo señor señora dei della degli delle gruppo gruppi deputato",
    "deputata deputati тов т товарища товарищу mnr mev dhr mw van het",
    "do dos da poseł posłanka posła posłanki poslance poslanců poslancov poslankyně marszałek",
    "diputats grups partido klubu koła",
)

DEFAULT_PROFILE: Final = Profile(
    kinds=_KINDS,
    verbs=_VERBS,
    cries=_CRIES,
    weak=_WEAK,
    modifiers=_MODIFIERS,
    subjects=_SUBJECTS,
    places=_PLACES,
    openers=_OPENERS,
)
"""English, German, French, Spanish, Italian, Portuguese, Catalan, Russian, Polish, Dutch and Afrikaans, as
minutes print them; the commonest words of other languages of Europe."""
