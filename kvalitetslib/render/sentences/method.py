"""The words of the page explained, and how it comes to its verdicts, in plain Swedish."""

GLOSSARY = (
    (
        "Säkerställd",
        (
            "Påståendet har prövats statistiskt. En skillnad är större än vad slumpen brukar ge, "
            "även när vi räknar med hur många prövningar vi har gjort. ”I nivå” och ”samma nivå” "
            "betyder att skillnaden är säkert liten."
        ),
    ),
    (
        "Trolig",
        "Uppgifterna pekar åt ett håll, men underlaget är kort eller osäkert.",
    ),
    (
        "Kan inte avgöras",
        "Underlaget räcker inte för att säga vare sig bättre, sämre eller i nivå.",
    ),
    ("Omvärld", "En uppgift från en namngiven källa utanför mätningarna. Den är inte prövad."),
    (
        "Relevant skillnad",
        "Den minsta skillnad som är värd att tala om. Den är bestämd i förväg för varje indikator.",
    ),
    ("I nivå", "Skillnaden är säkert mindre än den relevanta skillnaden."),
    (
        "Bibehållen",
        "Prövat, inte antaget: förändringen är säkert mindre än den relevanta skillnaden.",
    ),
    (
        "Kritisk kvalitetsfaktor",
        "Något som ska hålla sin nivå. Larmar när nivån faller.",
    ),
    (
        "Utvecklingsmål",
        "Något som ska flyttas till ett målvärde före ett datum. Larmar när takten inte räcker.",
    ),
    (
        "Liknande kommuner",
        "En grupp kommuner med liknande förutsättningar. Vi jämför med gruppens mittersta värde.",
    ),
    (
        "Bästa fjärdedelen",
        "Gränsen som den bästa fjärdedelen av gruppen når, sedan slumpen mellan år räknats bort.",
    ),
    (
        "Visas inte",
        (
            "Gruppen är så liten att en person skulle kunna kännas igen, eller så är värdet inte "
            "publicerat."
        ),
    ),
)
METHOD = (
    (
        "Nivå",
        (
            "Varje indikator jämförs först med målet. Finns inget mål jämförs den med liknande "
            "kommuner, sedan med länet och sist med riket.",
            "Det första som finns avgör. Pekar en annan jämförelse åt ett annat håll står dess "
            "värde bredvid, men den ändrar inte bedömningen.",
            "En skillnad blir ett fynd bara om den är både säker och relevant. Samma regler letar "
            "upp det som är bäst och det som är sämst.",
        ),
    ),
    (
        "Hålla eller flytta en nivå",
        (
            "En kritisk kvalitetsfaktor ska hålla sin nivå. Därför prövas det senaste värdet mot "
            "medelvärdet av upp till tre perioder före.",
            "Ett utvecklingsmål ska nås i tid. Därför prövas takten hittills mot den takt som "
            "krävs för att nå målet på utsatt dag. Tills dess jämförs nivån med andra kommuner.",
            "”I nivå” och ”bibehållen” kräver en egen prövning: hela intervallet ska ligga inom "
            "den relevanta skillnaden. Att inget har hittats räcker inte.",
        ),
    ),
    (
        "Många prövningar",
        (
            "Många prövningar ger några träffar av en slump. Alla prövningar av samma slag i "
            "nämnden hör därför ihop i en familj och korrigeras tillsammans (Benjamini och "
            "Hochberg 1995).",
            "Det sker i två steg. Först frågas i vilka familjer det finns något alls. Sedan "
            "prövas varje fråga i de familjerna, med en strängare gräns ju färre familjer som "
            "återstår (Benjamini och Bogomolov 2014).",
            "Grupper prövas först när det finns något att leta efter. Helheten öppnar för "
            "grupperna, och grupperna öppnar för korsningar av två grupper.",
            "Tabellen ”Så mycket har prövats” säger hur många som har prövats i varje familj och "
            "hur många som har hittats.",
        ),
    ),
    (
        "Vikt och urval",
        (
            "Ett fynds vikt är skillnadens säkra del delad med den relevanta skillnaden, högst "
            "tre. Den säkra delen är den gräns i intervallet som ligger närmast noll.",
            "Vikten multipliceras med roten ur andelen som berörs, och med ett tal för vad värdet "
            "jämförs med. Talen står i tabellen ”Vikt efter jämförelse”.",
            "Varje ruta visar högst {most} fynd. De övriga står bland beläggen.",
            "Styrkor och svagheter handlar om läget nu. Möjligheter och hot handlar om riktning "
            "eller om omvärlden. En styrka kan alltså också vara på väg åt fel håll. Då står "
            "båda, med en hänvisning till varandra.",
        ),
    ),
    (
        "Osäkerhet",
        (
            "En enkät har en osäkerhet, eftersom alla inte tillfrågas eller svarar. Två grupper "
            "eller två mätningar prövas därför med skillnadens egen osäkerhet.",
            "Korta serier av årsvärden prövas med Mann-Kendalls test. Månadsserier prövas mot sin "
            "egen vanliga variation.",
            "En jämförelse visar en skillnad. Den visar inte vad skillnaden beror på. Att något "
            "ändras efter en åtgärd visar inte heller att åtgärden är orsaken.",
        ),
    ),
    (
        "Före och efter en åtgärd",
        (
            "En åtgärd prövas med den metod som värdena räcker till: ett steg i den egna serien, "
            "två andelar, två mätningar i en enkät eller jämfört med andra kommuners förändring.",
            "En åtgärd börjar ofta när värdena är som sämst, och då blir de nästa ofta bättre "
            "ändå. Är de sista värdena före start ovanliga ska förändringen hålla även utan dem.",
            "Två åtgärder som börjar nära varandra på samma mått kan inte skiljas åt. Det står "
            "vid båda.",
        ),
    ),
    (
        "Tvivel och bedömningar",
        (
            "Ett värde som kan vara ett fel i underlaget blir inget fynd förrän det har "
            "kontrollerats. Det står under ”Kontrollera uppgiften först”.",
            "En analytiker kan bekräfta, justera eller avfärda ett belägg. Det står då bredvid "
            "maskinens bedömning, och inget tas bort.",
        ),
    ),
)
"""Headings and what is said under each; ``{most}`` is the most findings that a quadrant shows."""
